package dev.keyward.conformance.token;

import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import java.util.Set;

class InMemoryTokenTest extends TokenConformance {
    @Override
    protected Token openToken() {
        return new InMemoryToken("memory");
    }

    @Override
    protected Set<TokenCapability> expectedCapabilities() {
        return InMemoryToken.DERIVING;
    }
}
