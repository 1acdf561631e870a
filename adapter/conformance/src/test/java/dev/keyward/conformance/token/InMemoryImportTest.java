package dev.keyward.conformance.token;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class InMemoryImportTest extends ImportConformance {
    @Override
    protected Token openToken() {
        return new InMemoryToken("memory");
    }

    @Override
    protected Set<KeySpec> expectedImports() {
        return EnumSet.complementOf(EnumSet.of(KeySpec.ECC_NIST_EDWARDS25519));
    }
}
