package dev.keyward.conformance.store;

import dev.keyward.contract.IdentityStore;

class InMemoryIdentityStoreTest extends IdentityStoreConformance {
    @Override
    protected IdentityStore open() {
        return new InMemoryIdentityStore();
    }
}
