package dev.keyward.pkcs11;

import dev.keyward.conformance.token.TokenConformance;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import java.util.Set;

class SoftHsmTokenTest extends TokenConformance {
    @Override
    protected Token openToken() {
        return Pkcs11Token.open(SoftHsm.freshToken());
    }

    @Override
    protected Set<TokenCapability> expectedCapabilities() {
        return Set.of(
                TokenCapability.DERIVE_SUBKEYS,
                TokenCapability.IDENTIFY_MATERIAL,
                TokenCapability.GENERATE_WRAPPING_KEYS,
                TokenCapability.UNWRAP_OAEP_SHA_1,
                TokenCapability.UNPAD_OAEP_ON_HOST,
                TokenCapability.UNWRAP_RFC_5649);
    }
}
