package dev.keyward.conformance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Token} promises of key pairs. A spec that a fixture declares must work, with all of its algorithms;
 * one that it does not declare must be refused with {@link Reason#UNSUPPORTED}, and nothing of it be left. Nothing is
 * skipped.
 *
 * <p>A fixture extends this class and says which token it opens and what that can do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KeyPairConformance {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final KeyId KEY = new KeyId("11111111-2222-3333-4444-555555555555");

    // One for each spec: RSA keys take their time.
    private final Map<KeySpec, MaterialReference> signingKeys = new EnumMap<>(KeySpec.class);
    private final Map<KeySpec, MaterialReference> encryptionKeys = new EnumMap<>(KeySpec.class);
    private Token token = new InMemoryToken("not opened yet");

    /** Opens a token that nobody else uses and that holds nothing. Called once. */
    protected abstract Token openToken();

    /** The specs of pairs that it is expected to make, written down independently of the token. */
    protected abstract Set<KeySpec> expectedPairs();

    /**
     * What it is expected not to compute although it makes keys of that kind. No token is trusted with Ed25519ph yet. A pair
     * none of whose algorithms is computed is not to be made either.
     */
    protected Set<KeyAlgorithm> missingAlgorithms() {
        return Set.of(SigningAlgorithm.ED25519_PH_SHA_512);
    }

    @BeforeAll
    void open() {
        token = openToken();
    }

    @AfterAll
    void close() {
        token.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(KeySpec.values())
                .filter(spec -> spec.type().isPair())
                .flatMap(spec -> spec.usages().stream().map(usage -> Arguments.of(spec, usage)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void bothHalvesComeAndGoTogether(KeySpec spec, KeyUsage usage) {
        MaterialReference reference = reference();
        if (!expectedPairs().contains(spec) || missingAlgorithms().containsAll(spec.algorithms(usage))) {
            TokenException refusal = failureOf(() -> token.generateKeyPair(reference, spec, usage));

            assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refusal).hasMessageContaining("CKM_");
            assertThat(token.holds(reference)).isFalse();
            return;
        }
        token.generateKeyPair(reference, spec, usage);

        assertThat(token.holds(reference)).isTrue();
        assertThat(token.objects(INSTALLATION))
                .extracting(TokenObject::reference)
                .containsOnlyOnce(reference);
        assertThat(failureOf(() -> token.generateKeyPair(reference, spec, usage))
                        .reason())
                .isEqualTo(Reason.OBJECT_EXISTS);
        assertThat(token.publicKey(reference, spec)).isEqualTo(token.publicKey(reference, spec));

        token.destroy(reference);

        assertThat(token.holds(reference)).isFalse();
        assertThat(failureOf(() -> token.publicKey(reference, spec)).reason()).isEqualTo(Reason.OBJECT_MISSING);
    }

    static Stream<Arguments> signing() {
        return Stream.of(KeySpec.values())
                .flatMap(spec ->
                        spec.algorithms(KeyUsage.SIGN_VERIFY).stream().map(algorithm -> Arguments.of(spec, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("signing")
    void whatItSignsIsVerified(KeySpec spec, SigningAlgorithm algorithm) throws GeneralSecurityException {
        byte[] digest = digest(algorithm, "attack at dawn");
        if (!expectedPairs().contains(spec)) {
            assertThat(failureOf(() -> token.sign(reference(), spec, algorithm, digest))
                            .reason())
                    .isIn(Reason.UNSUPPORTED, Reason.OBJECT_MISSING);
            return;
        }
        MaterialReference reference = signingKey(spec);
        if (missingAlgorithms().contains(algorithm)) {
            requireUnsupported(() -> token.sign(reference, spec, algorithm, digest));
            requireUnsupported(() -> token.verify(reference, spec, algorithm, digest, new byte[64]));
            return;
        }
        PublicKey publicKey = SoftwareKeyPairs.publicKey(spec, token.publicKey(reference, spec));

        byte[] signature = token.sign(reference, spec, algorithm, digest);

        assertThat(SoftwareKeyPairs.verify(publicKey, algorithm, digest, signature))
                .isTrue();
        assertThat(token.verify(reference, spec, algorithm, digest, signature)).isTrue();
        assertThat(token.verify(reference, spec, algorithm, digest(algorithm, "attack at noon"), signature))
                .isFalse();
        for (byte[] forged : forgeries(signature)) {
            assertThat(token.verify(reference, spec, algorithm, digest, forged)).isFalse();
        }
        assertThat(token.verify(reference, spec, algorithm, digest, signature)).isTrue();
    }

    static Stream<Arguments> encrypting() {
        return Stream.of(KeySpec.values())
                .filter(spec -> spec.type().isPair())
                .flatMap(spec -> spec.algorithms(KeyUsage.ENCRYPT_DECRYPT).stream()
                        .map(algorithm -> Arguments.of(spec, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("encrypting")
    void decryptsWhatWasEncryptedToItsPublicHalf(KeySpec spec, EncryptionAlgorithm algorithm)
            throws GeneralSecurityException {
        if (missingAlgorithms().contains(algorithm)) {
            requireUnsupported(() -> token.encryptOaep(reference(), spec, algorithm, new byte[1]));
            return;
        }
        MaterialReference reference = encryptionKey(spec);
        PublicKey publicKey = SoftwareKeyPairs.publicKey(spec, token.publicKey(reference, spec));
        int maximum = algorithm.maximumPlaintextBytes(spec);
        for (int lengthBytes : new int[] {0, 1, 32, maximum}) {
            byte[] message = token.random(maximum);
            byte[] plaintext = Arrays.copyOf(message, lengthBytes);

            byte[] ownCiphertext = token.encryptOaep(reference, spec, algorithm, plaintext);
            byte[] othersCiphertext = SoftwareKeyPairs.oaep(Cipher.ENCRYPT_MODE, publicKey, algorithm, plaintext);

            assertThat(ownCiphertext).hasSize(spec.materialLengthBytes());
            assertThat(token.decryptOaep(reference, spec, algorithm, ownCiphertext))
                    .isEqualTo(plaintext);
            assertThat(token.decryptOaep(reference, spec, algorithm, othersCiphertext))
                    .isEqualTo(plaintext);
        }
        assertThat(failureOf(() -> token.encryptOaep(reference, spec, algorithm, new byte[maximum + 1]))
                        .reason())
                .isEqualTo(Reason.FAILED);
    }

    @ParameterizedTest
    @MethodSource("encrypting")
    void decryptsNothingElse(KeySpec spec, EncryptionAlgorithm algorithm) {
        if (missingAlgorithms().contains(algorithm)) {
            requireUnsupported(() -> token.decryptOaep(reference(), spec, algorithm, new byte[256]));
            return;
        }
        MaterialReference reference = encryptionKey(spec);
        byte[] ciphertext = token.encryptOaep(reference, spec, algorithm, new byte[32]);
        for (byte[] forged : forgeries(ciphertext)) {
            assertThat(failureOf(() -> token.decryptOaep(reference, spec, algorithm, forged))
                            .reason())
                    .isEqualTo(Reason.NOT_AUTHENTIC);
        }
        EncryptionAlgorithm other = algorithm == EncryptionAlgorithm.RSAES_OAEP_SHA_1
                ? EncryptionAlgorithm.RSAES_OAEP_SHA_256
                : EncryptionAlgorithm.RSAES_OAEP_SHA_1;
        assertThat(failureOf(() -> token.decryptOaep(reference, spec, other, ciphertext))
                        .reason())
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(token.decryptOaep(reference, spec, algorithm, ciphertext)).isEqualTo(new byte[32]);
    }

    static Stream<KeySpec> agreeing() {
        return Stream.of(KeySpec.values()).filter(spec -> spec.usages().contains(KeyUsage.KEY_AGREEMENT));
    }

    @ParameterizedTest
    @MethodSource("agreeing")
    void comesToTheSameSecretAsTheOtherParty(KeySpec spec) throws GeneralSecurityException {
        MaterialReference reference = generated(spec, KeyUsage.KEY_AGREEMENT);
        byte[] ownPoint = SoftwareKeyPairs.point(spec, token.publicKey(reference, spec));
        for (int time = 0; time < 20; time++) {
            KeyPair other = SoftwareKeyPairs.generate(spec);
            byte[] otherPoint = SoftwareKeyPairs.point(spec, other.getPublic().getEncoded());

            byte[] secret = token.deriveSharedSecret(reference, spec, otherPoint);

            assertThat(secret)
                    .isEqualTo(SoftwareKeyPairs.agree(other, ownPoint))
                    .hasSize(spec.curve().orElseThrow().coordinateLengthBytes());
        }
    }

    @Test
    void signsNoDigestOfAnotherLength() {
        SigningAlgorithm algorithm = SigningAlgorithm.ECDSA_SHA_256;
        MaterialReference reference = signingKey(KeySpec.ECC_NIST_P256);
        for (int lengthBytes : new int[] {0, 31, 33}) {
            byte[] digest = new byte[lengthBytes];
            assertThat(failureOf(() -> token.sign(reference, KeySpec.ECC_NIST_P256, algorithm, digest))
                            .reason())
                    .isEqualTo(Reason.FAILED);
            assertThat(failureOf(() -> token.verify(reference, KeySpec.ECC_NIST_P256, algorithm, digest, digest))
                            .reason())
                    .isEqualTo(Reason.FAILED);
        }
    }

    private MaterialReference signingKey(KeySpec spec) {
        return signingKeys.computeIfAbsent(spec, wanted -> generated(wanted, KeyUsage.SIGN_VERIFY));
    }

    private MaterialReference encryptionKey(KeySpec spec) {
        return encryptionKeys.computeIfAbsent(spec, wanted -> generated(wanted, KeyUsage.ENCRYPT_DECRYPT));
    }

    private MaterialReference generated(KeySpec spec, KeyUsage usage) {
        MaterialReference reference = reference();
        token.generateKeyPair(reference, spec, usage);
        return reference;
    }

    /** Changed, cut and extended, and what no signature looks like. */
    private static List<byte[]> forgeries(byte[] signature) {
        List<byte[]> forged = new ArrayList<>();
        for (int place = 0; place < signature.length; place += 1 + signature.length / 16) {
            byte[] changed = signature.clone();
            changed[place] ^= 1;
            forged.add(changed);
        }
        forged.add(Arrays.copyOf(signature, signature.length - 1));
        forged.add(Arrays.copyOf(signature, signature.length + 1));
        forged.add(new byte[0]);
        forged.add(new byte[1]);
        forged.add(new byte[signature.length]);
        byte[] ones = new byte[signature.length];
        Arrays.fill(ones, (byte) 0xff);
        forged.add(ones);
        forged.add(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}); // ECDSA with r = s = 0
        forged.add(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1});
        forged.add(new byte[6144]);
        return forged;
    }

    private static byte[] digest(SigningAlgorithm algorithm, String message) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm.hash()).digest(message.getBytes(StandardCharsets.UTF_8));
    }

    private MaterialReference reference() {
        return token.reference(MaterialName.ofKey(
                INSTALLATION, KEY, MaterialId.of(token.random(32)), MaterialId.of(token.random(32))));
    }

    private static void requireUnsupported(ThrowingCallable call) {
        TokenException refusal = failureOf(call);
        assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("CKM_");
    }

    private static TokenException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(TokenException.class, call);
    }
}
