package dev.keyward.sunpkcs11;

import dev.keyward.conformance.token.TokenConformance;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import java.util.Set;

class SunPkcs11TokenTest extends TokenConformance {
    @Override
    protected Token openToken() {
        return SunPkcs11Token.open(SoftHsm.token("messages"));
    }

    @Override
    protected Set<TokenCapability> expectedCapabilities() {
        return Set.of(TokenCapability.ENCRYPT_DIRECTLY);
    }
}
