package dev.keyward.pkcs11;

import dev.keyward.conformance.token.KeyPairConformance;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class NssKeyPairsTest extends KeyPairConformance {
    @Override
    protected Token openToken() {
        return Pkcs11Token.open(Nss.freshToken());
    }

    @Override
    protected Set<KeySpec> expectedPairs() {
        return EnumSet.of(
                KeySpec.RSA_2048,
                KeySpec.RSA_3072,
                KeySpec.RSA_4096,
                KeySpec.ECC_NIST_P256,
                KeySpec.ECC_NIST_P384,
                KeySpec.ECC_NIST_P521);
    }
}
