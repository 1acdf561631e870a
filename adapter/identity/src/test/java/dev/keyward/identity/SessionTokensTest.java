package dev.keyward.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {
    private static final String ACCESS_KEY = "ASIAEXAMPLE";
    private static final byte[] SECRET = "a secret of a test".getBytes(US_ASCII);

    private final AesGcm sealing = new AesGcm();
    private final SessionTokens tokens = new SessionTokens(sealing);

    @Test
    void holdAWholeSessionAndItsSecret() {
        for (TemporarySession session : List.of(
                session(null), session(new WebIdentityUser("arn:aws:iam::1:oidc-provider/x", "keyward", "sub:a")))) {
            String token = tokens.seal(ACCESS_KEY, session, SECRET);

            assertThat(tokens.open(ACCESS_KEY, token)).contains(session);
            assertThat(tokens.secret(ACCESS_KEY, token)).isEqualTo(SECRET);
            assertThat(token).doesNotContain("night").matches("[\\w-]+");
        }
    }

    @Test
    void surviveARestart() {
        String token = tokens.seal(ACCESS_KEY, session(null), SECRET);

        assertThat(new SessionTokens(sealing).open(ACCESS_KEY, token)).contains(session(null));
    }

    /** Opened first, so that what is remembered is asked for too. */
    @Test
    void areOfNoUseWithAnotherAccessKey() {
        String token = tokens.seal(ACCESS_KEY, session(null), SECRET);
        assertThat(tokens.open(ACCESS_KEY, token)).isPresent();

        assertRefused("ASIAANOTHER", token);
    }

    @Test
    void areRefusedWhateverCharacterIsChanged() {
        String token = tokens.seal(ACCESS_KEY, session(null), SECRET);
        assertThat(tokens.open(ACCESS_KEY, token)).isPresent();

        for (int i = 0; i < token.length(); i++) {
            char changed = (char) (token.charAt(i) == 'A' ? 'B' : token.charAt(i) == 'z' ? 'y' : token.charAt(i) ^ 1);
            assertRefused(ACCESS_KEY, token.substring(0, i) + changed + token.substring(i + 1));
        }
        for (int length = 0; length < token.length(); length++) {
            assertRefused(ACCESS_KEY, token.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "A", "not base64!", "AAAA", "\u0000"})
    void areNotJustAnyText(String token) {
        assertRefused(ACCESS_KEY, token);
        assertRefused(ACCESS_KEY, tokens.seal(ACCESS_KEY, session(null), SECRET) + "=" + token);
    }

    @Test
    void areOfOneInstallation() {
        String token = new SessionTokens(new AesGcm()).seal(ACCESS_KEY, session(null), SECRET);

        assertRefused(ACCESS_KEY, token);
    }

    @Test
    void ofAnotherFormAreRefused() {
        byte[] other = sealing.seal(ACCESS_KEY, new byte[] {1, 0, 0});

        assertRefused(ACCESS_KEY, Base64.getUrlEncoder().withoutPadding().encodeToString(other));
    }

    private void assertRefused(String accessKey, String token) {
        assertThat(tokens.open(accessKey, token)).as(token).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> tokens.secret(accessKey, token))
                .withMessage("not a session token");
    }

    private static TemporarySession session(@Nullable WebIdentityUser webIdentity) {
        return new TemporarySession(
                People.ACCOUNT,
                "arn:aws:iam::111122223333:role/admin",
                "AROAADMIN",
                "night",
                webIdentity,
                List.of(new PolicyDocument("session policy", "{\"Statement\": []}")),
                People.NOW,
                People.NOW.plusSeconds(900));
    }

    /** AES-256-GCM under a key of its own, as a token does it. */
    private static final class AesGcm implements Sealing {
        private static final int NONCE_BYTES = 12;
        private final SecureRandom random = new SecureRandom();
        private final SecretKey key = new SecretKeySpec(bytes(32), "AES");

        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }

        @Override
        public byte[] seal(String binding, byte[] secret) {
            byte[] nonce = bytes(NONCE_BYTES);
            try {
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, binding).doFinal(secret);
                byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
                System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
                return all;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Optional<byte[]> open(String binding, byte[] sealed) {
            if (sealed.length < NONCE_BYTES) {
                return Optional.empty();
            }
            try {
                return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), binding)
                        .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            } catch (GeneralSecurityException notAuthentic) {
                return Optional.empty();
            }
        }

        private Cipher cipher(int mode, byte[] nonce, String binding) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(binding.getBytes(UTF_8));
            return cipher;
        }
    }
}
