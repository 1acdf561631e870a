package dev.keyward.contract;

import java.time.Instant;

/**
 * A chain of audit records as the store knows it: an anchor outside the files that hold the records. Immutable and
 * thread-safe.
 *
 * @param number counts the chains of an installation, from 1
 * @param id 32 hex digits, drawn when it was begun
 * @param openedAt when it was begun
 * @param checkpoint the last place in it that was sealed
 */
public record AuditChainRecord(long number, String id, Instant openedAt, AuditCheckpoint checkpoint) {}
