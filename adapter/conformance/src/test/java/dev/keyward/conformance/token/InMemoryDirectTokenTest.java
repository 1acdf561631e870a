package dev.keyward.conformance.token;

import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import java.util.Set;

class InMemoryDirectTokenTest extends TokenConformance {
    @Override
    protected Token openToken() {
        return new InMemoryToken("memory", InMemoryToken.DIRECT);
    }

    @Override
    protected Set<TokenCapability> expectedCapabilities() {
        return InMemoryToken.DIRECT;
    }
}
