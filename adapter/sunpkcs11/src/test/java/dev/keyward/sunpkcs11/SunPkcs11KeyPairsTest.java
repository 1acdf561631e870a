package dev.keyward.sunpkcs11;

import dev.keyward.conformance.token.KeyPairConformance;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class SunPkcs11KeyPairsTest extends KeyPairConformance {
    @Override
    protected Token openToken() {
        return SunPkcs11Token.open(SoftHsm.token("pairs"));
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

    @Override
    protected Set<KeyAlgorithm> missingAlgorithms() {
        return Set.of(
                EncryptionAlgorithm.RSAES_OAEP_SHA_1,
                EncryptionAlgorithm.RSAES_OAEP_SHA_256,
                SigningAlgorithm.RSASSA_PSS_SHA_256,
                SigningAlgorithm.RSASSA_PSS_SHA_384,
                SigningAlgorithm.RSASSA_PSS_SHA_512);
    }
}
