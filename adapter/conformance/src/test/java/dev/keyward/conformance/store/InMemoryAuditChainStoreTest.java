package dev.keyward.conformance.store;

import dev.keyward.contract.AuditChainStore;

class InMemoryAuditChainStoreTest extends AuditChainStoreConformance {
    @Override
    protected AuditChainStore open() {
        return new InMemoryAuditChainStore();
    }
}
