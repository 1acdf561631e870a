package dev.keyward.pkcs11;

import dev.keyward.conformance.token.TokenConformance;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What a token that cannot derive comes down to, on one that is told not to: the direct form, and no imports of AES keys. */
class SoftHsmWithoutDerivationTest extends TokenConformance {
    private static final HsmProfile PROFILE = withoutDerivation();

    @Override
    protected Token openToken() {
        return Pkcs11Token.open(SoftHsm.freshToken(PROFILE));
    }

    @Override
    protected Set<TokenCapability> expectedCapabilities() {
        return Set.of(
                TokenCapability.ENCRYPT_DIRECTLY,
                TokenCapability.GENERATE_WRAPPING_KEYS,
                TokenCapability.UNWRAP_OAEP_SHA_1,
                TokenCapability.UNPAD_OAEP_ON_HOST,
                TokenCapability.UNWRAP_RFC_5649);
    }

    private static HsmProfile withoutDerivation() {
        try {
            String text = Files.readString(Path.of("../../hsm-config/softhsm2.yaml"));
            Path changed =
                    Files.createTempDirectory(Path.of("target"), "profiles").resolve("softhsm2.yaml");
            Files.writeString(changed, text.replace("derivation: ecb-encrypt-data", "derivation: none"));
            return HsmProfiles.readFile(changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
