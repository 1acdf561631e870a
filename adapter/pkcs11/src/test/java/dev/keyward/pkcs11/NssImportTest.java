package dev.keyward.pkcs11;

import dev.keyward.conformance.token.ImportConformance;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.Token;
import java.util.EnumSet;
import java.util.Set;

class NssImportTest extends ImportConformance {
    @Override
    protected Token openToken() {
        return Pkcs11Token.open(Nss.freshToken());
    }

    @Override
    protected Set<KeySpec> expectedImports() {
        return EnumSet.of(KeySpec.HMAC_224, KeySpec.HMAC_256, KeySpec.HMAC_384, KeySpec.HMAC_512);
    }
}
