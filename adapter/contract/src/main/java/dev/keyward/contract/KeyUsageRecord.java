package dev.keyward.contract;

import java.time.Instant;

/**
 * The last successful use of a key for what it is for. Immutable and thread-safe.
 *
 * @param scope the key's account and Region
 * @param key which key
 * @param operation AWS's name of the operation
 * @param usedAt when the request arrived
 * @param eventId the id of its audit record
 * @param requestId the id of the request
 */
public record KeyUsageRecord(
        Scope scope, KeyId key, String operation, Instant usedAt, String eventId, String requestId) {}
