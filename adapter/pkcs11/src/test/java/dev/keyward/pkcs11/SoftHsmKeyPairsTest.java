package dev.keyward.pkcs11;

import dev.keyward.conformance.token.KeyPairConformance;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class SoftHsmKeyPairsTest extends KeyPairConformance {
    @Override
    protected Token openToken() {
        return Pkcs11Token.open(SoftHsm.freshToken());
    }

    @Override
    protected Set<KeySpec> expectedPairs() {
        return EnumSet.of(
                KeySpec.RSA_2048,
                KeySpec.RSA_3072,
                KeySpec.RSA_4096,
                KeySpec.ECC_NIST_P256,
                KeySpec.ECC_NIST_P384,
                KeySpec.ECC_NIST_P521,
                KeySpec.ECC_SECG_P256K1,
                KeySpec.ECC_NIST_EDWARDS25519);
    }
}
