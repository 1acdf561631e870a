package dev.keyward.contract;

import java.util.List;

/**
 * The chains of audit records that have been begun. Safe for use by many threads at once. What a method returned as
 * written is on disk. Failures are {@link StoreException}s.
 */
public interface AuditChainStore {
    /** All chains, by number. */
    List<AuditChainRecord> listAuditChains();

    /** Adds a chain, or puts it in the place of the one with the same number. */
    void putAuditChain(AuditChainRecord chain);
}
