package dev.keyward.conformance.token;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class InMemoryKeyPairsTest extends KeyPairConformance {
    @Override
    protected Token openToken() {
        return new InMemoryToken("memory");
    }

    @Override
    protected Set<KeySpec> expectedPairs() {
        return EnumSet.allOf(KeySpec.class);
    }
}
