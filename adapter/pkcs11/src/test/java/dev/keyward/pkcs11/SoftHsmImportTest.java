package dev.keyward.pkcs11;

import dev.keyward.conformance.token.ImportConformance;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class SoftHsmImportTest extends ImportConformance {
    @Override
    protected Token openToken() {
        return Pkcs11Token.open(SoftHsm.freshToken());
    }

    @Override
    protected Set<KeySpec> expectedImports() {
        return EnumSet.complementOf(EnumSet.of(KeySpec.ECC_NIST_EDWARDS25519));
    }
}
