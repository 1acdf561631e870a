package dev.keyward.conformance.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import java.util.List;
import java.util.TreeMap;

/** Chains of audit records in memory, for tests above the store. Safe for use by many threads at once. */
public final class InMemoryAuditChainStore implements AuditChainStore {
    @GuardedBy("this")
    private final TreeMap<Long, AuditChainRecord> chains = new TreeMap<>();

    @Override
    public synchronized List<AuditChainRecord> listAuditChains() {
        return chains.values().stream().map(Microseconds::of).toList();
    }

    @Override
    public synchronized void putAuditChain(AuditChainRecord chain) {
        chains.put(chain.number(), Microseconds.of(chain));
    }
}
