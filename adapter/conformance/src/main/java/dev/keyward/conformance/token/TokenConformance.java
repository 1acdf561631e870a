package dev.keyward.conformance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Token} promises. A capability that a fixture declares must work; one that it does not declare must be
 * refused with {@link Reason#UNSUPPORTED}. Nothing is skipped.
 *
 * <p>A fixture extends this class and says which token it opens and what that can do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TokenConformance {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final InstallationId OTHER_INSTALLATION = new InstallationId("fedcba9876543210");
    private static final KeyId KEY = new KeyId("11111111-2222-3333-4444-555555555555");
    private static final KeyId OTHER_KEY = new KeyId("99999999-2222-3333-4444-555555555555");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] ASSOCIATED_DATA = "context".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MATERIAL =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private Token token = new InMemoryToken("not opened yet");
    private byte[] wrappingPublicKey = {};
    private MaterialReference wrappingKey = token.reference(serviceName());

    /** Opens a token that nobody else uses and that holds nothing. Called once. */
    protected abstract Token openToken();

    /** What it is expected to be able to do, written down independently of the token. */
    protected abstract Set<TokenCapability> expectedCapabilities();

    @BeforeAll
    void open() {
        token = openToken();
        wrappingKey = token.reference(wrappingName());
        if (has(TokenCapability.GENERATE_WRAPPING_KEYS)) {
            wrappingPublicKey = token.generateWrappingKey(wrappingKey, 2048);
        }
    }

    @AfterAll
    void close() {
        token.close();
        assertThat(reasonOf(() -> token.random(1))).isEqualTo(Reason.UNAVAILABLE);
    }

    /** The token under test. */
    protected final Token token() {
        return token;
    }

    // What it says of itself

    @Test
    void declaresWhatItCanDo() {
        assertThat(token.information().capabilities()).isEqualTo(expectedCapabilities());
    }

    // Objects

    @Test
    void holdsWhatItGeneratedUntilItIsDestroyed() {
        MaterialReference reference = token.reference(serviceName());
        assertThat(token.holds(reference)).isFalse();

        token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
        assertThat(token.holds(reference)).isTrue();

        token.destroy(reference);
        assertThat(token.holds(reference)).isFalse();
        assertThat(reasonOf(() -> token.encrypt(reference, ASSOCIATED_DATA, new byte[1])))
                .isEqualTo(Reason.OBJECT_MISSING);
    }

    @Test
    void destroysWhatIsNotThere() {
        MaterialReference reference = token.reference(serviceName());

        token.destroy(reference);
        token.destroy(reference);

        assertThat(token.holds(reference)).isFalse();
    }

    @Test
    void refusesToGenerateTwice() {
        MaterialReference reference = generated();
        SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);

        assertThat(reasonOf(() -> token.generate(reference, KeySpec.SYMMETRIC_DEFAULT)))
                .isEqualTo(Reason.OBJECT_EXISTS);

        assertThat(token.decrypt(reference, ASSOCIATED_DATA, message)).isEqualTo(MATERIAL);
    }

    @Test
    void makesAReferenceTheSameWayEveryTime() {
        MaterialName name = serviceName();

        assertThat(token.reference(name)).isEqualTo(token.reference(name));
        assertThat(token.reference(name).token()).isEqualTo(token.information().name());
    }

    @Test
    void usesNoObjectOfAnotherLabel() {
        MaterialId objectId = randomId();
        MaterialReference one =
                token.reference(MaterialName.ofService(INSTALLATION, ServicePurpose.GRANT_TOKEN, 1, objectId));
        MaterialReference other =
                token.reference(MaterialName.ofService(INSTALLATION, ServicePurpose.GRANT_TOKEN, 2, objectId));
        token.generate(one, KeySpec.SYMMETRIC_DEFAULT);

        assertThat(token.holds(other)).isFalse();
        assertThat(reasonOf(() -> token.encrypt(other, ASSOCIATED_DATA, MATERIAL)))
                .isEqualTo(Reason.OBJECT_MISSING);
        token.destroy(other);
        assertThat(token.holds(one)).isTrue();
    }

    @Test
    void usesNoObjectOfAnotherId() {
        MaterialReference one =
                token.reference(MaterialName.ofService(INSTALLATION, ServicePurpose.GRANT_TOKEN, 3, randomId()));
        MaterialReference other =
                token.reference(MaterialName.ofService(INSTALLATION, ServicePurpose.GRANT_TOKEN, 3, randomId()));
        token.generate(one, KeySpec.SYMMETRIC_DEFAULT);

        assertThat(token.holds(other)).isFalse();
        assertThat(reasonOf(() -> token.encrypt(other, ASSOCIATED_DATA, MATERIAL)))
                .isEqualTo(Reason.OBJECT_MISSING);
        token.destroy(other);
        assertThat(token.holds(one)).isTrue();
    }

    @Test
    void refusesAReferenceOfAnotherToken() {
        MaterialReference foreign = new MaterialReference(
                "another token",
                MaterialReference.Residence.TOKEN_OBJECT,
                token.reference(serviceName()).opaque());

        assertThat(reasonOf(() -> token.destroy(foreign))).isEqualTo(Reason.FAILED);
        assertThat(reasonOf(() -> token.encrypt(foreign, ASSOCIATED_DATA, MATERIAL)))
                .isEqualTo(Reason.FAILED);
    }

    @Test
    void listsTheObjectsOfAnInstallation() {
        MaterialName mine = MaterialName.ofKey(OTHER_INSTALLATION, KEY, randomId(), randomId());
        MaterialReference reference = token.reference(mine);
        MaterialReference notMine = generated();
        token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);

        List<TokenObject> objects = token.objects(OTHER_INSTALLATION);

        assertThat(objects).extracting(TokenObject::reference).containsExactly(reference);
        assertThat(objects.getFirst().label()).startsWith(MaterialName.labelPrefix(OTHER_INSTALLATION));
        assertThat(token.objects(INSTALLATION))
                .extracting(TokenObject::reference)
                .contains(notMine)
                .doesNotContain(reference);
    }

    // Random bytes

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 4096, 65536})
    void drawsRandomBytes(int lengthBytes) {
        assertThat(token.random(lengthBytes)).hasSize(lengthBytes);
        assertThat(token.random(16)).isNotEqualTo(token.random(16));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65537})
    void drawsNeitherTooFewNorTooManyRandomBytes(int lengthBytes) {
        assertThat(reasonOf(() -> token.random(lengthBytes))).isEqualTo(Reason.FAILED);
    }

    // Messages

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 32, 4096, 65536})
    void decryptsWhatItEncrypted(int lengthBytes) {
        MaterialReference reference = generated();
        byte[] plaintext = bytes(lengthBytes);

        SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, plaintext);

        assertThat(message.form()).isIn(ownForms());
        assertThat(message.nonce()).hasSize(message.form().nonceLengthBytes());
        assertThat(message.iv()).hasSize(CiphertextForm.IV_LENGTH_BYTES);
        assertThat(message.ciphertext()).hasSize(lengthBytes + CiphertextForm.TAG_LENGTH_BYTES);
        assertThat(token.decrypt(reference, ASSOCIATED_DATA, message)).isEqualTo(plaintext);
    }

    @Test
    void takesNoAssociatedDataAndMuch() {
        MaterialReference reference = generated();
        for (int lengthBytes : new int[] {0, 1, 16384}) {
            byte[] associatedData = bytes(lengthBytes);
            SealedMessage message = token.encrypt(reference, associatedData, MATERIAL);
            assertThat(token.decrypt(reference, associatedData, message)).isEqualTo(MATERIAL);
        }
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        MaterialReference reference = generated();

        assertThat(reasonOf(() -> token.encrypt(reference, ASSOCIATED_DATA, new byte[65537])))
                .isEqualTo(Reason.FAILED);
    }

    @Test
    void neverUsesAnIvTwice() {
        MaterialReference reference = generated();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, new byte[0]);
            assertThat(seen.add(hexadecimal(message.nonce()) + hexadecimal(message.iv())))
                    .isTrue();
        }
    }

    @Test
    void noticesEveryChangedByte() {
        MaterialReference reference = generated();
        SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);

        List<SealedMessage> changed = new ArrayList<>();
        everyByteOf(message.nonce())
                .forEach(nonce -> changed.add(with(message, nonce, message.iv(), message.ciphertext())));
        everyByteOf(message.iv()).forEach(iv -> changed.add(with(message, message.nonce(), iv, message.ciphertext())));
        everyByteOf(message.ciphertext())
                .forEach(text -> changed.add(with(message, message.nonce(), message.iv(), text)));

        for (SealedMessage forged : changed) {
            assertThat(reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, forged)))
                    .isEqualTo(Reason.NOT_AUTHENTIC);
        }
        for (byte[] associatedData : everyByteOf(ASSOCIATED_DATA)) {
            assertThat(reasonOf(() -> token.decrypt(reference, associatedData, message)))
                    .isEqualTo(Reason.NOT_AUTHENTIC);
        }
        assertThat(token.decrypt(reference, ASSOCIATED_DATA, message)).isEqualTo(MATERIAL);
    }

    @Test
    void noticesEveryCutAndExtension() {
        MaterialReference reference = generated();
        SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);

        for (int length = 0; length <= message.ciphertext().length + 1; length++) {
            if (length != message.ciphertext().length) {
                SealedMessage forged =
                        with(message, message.nonce(), message.iv(), Arrays.copyOf(message.ciphertext(), length));
                assertThat(reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, forged)))
                        .isEqualTo(Reason.NOT_AUTHENTIC);
            }
        }
        SealedMessage shortIv = with(message, message.nonce(), new byte[11], message.ciphertext());
        SealedMessage longNonce =
                with(message, new byte[message.nonce().length + 1], message.iv(), message.ciphertext());
        assertThat(reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, shortIv)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, longNonce)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void doesNotDecryptUnderAnotherKey() {
        SealedMessage message = token.encrypt(generated(), ASSOCIATED_DATA, MATERIAL);
        MaterialReference another = generated();

        assertThat(reasonOf(() -> token.decrypt(another, ASSOCIATED_DATA, message)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @EnumSource(CiphertextForm.class)
    void readsItsOwnKindOfFormsAlone(CiphertextForm form) {
        MaterialReference reference = generated();
        SealedMessage message = new SealedMessage(
                form, new byte[form.nonceLengthBytes()], new byte[CiphertextForm.IV_LENGTH_BYTES], new byte[16]);

        Reason reason = reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, message));

        if (form == token.encrypt(reference, ASSOCIATED_DATA, MATERIAL).form()) {
            assertThat(reason).isEqualTo(Reason.NOT_AUTHENTIC);
        } else if (ownForms().contains(form)) {
            assertThat(reason).isIn(Reason.NOT_AUTHENTIC, Reason.UNSUPPORTED, Reason.FAILED);
        } else {
            assertThat(reason).isEqualTo(Reason.UNSUPPORTED);
        }
    }

    @Test
    void keepsNoneOfTheArraysItIsGiven() {
        MaterialReference reference = generated();
        byte[] plaintext = bytes(32);
        byte[] associatedData = bytes(8);
        byte[] sameAssociatedData = associatedData.clone();
        SealedMessage message = token.encrypt(reference, associatedData, plaintext);
        SealedMessage kept = with(
                message,
                message.nonce().clone(),
                message.iv().clone(),
                message.ciphertext().clone());

        Arrays.fill(associatedData, (byte) 0);
        Arrays.fill(message.nonce(), (byte) 0);
        Arrays.fill(message.iv(), (byte) 0);
        token.encrypt(reference, sameAssociatedData, plaintext);

        assertThat(token.decrypt(reference, sameAssociatedData, kept)).isEqualTo(plaintext);
    }

    // Subkeys

    @Test
    void derivesAnewAfterForgetting() {
        MaterialReference reference = generated();
        SealedMessage before = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);
        token.decrypt(reference, ASSOCIATED_DATA, before);

        token.forgetSubkeys(reference);
        token.forgetSubkeys(reference);

        assertThat(token.decrypt(reference, ASSOCIATED_DATA, before)).isEqualTo(MATERIAL);
        SealedMessage after = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);
        if (has(TokenCapability.DERIVE_SUBKEYS)) {
            assertThat(after.nonce()).isNotEqualTo(before.nonce());
        } else {
            assertThat(after.form()).isEqualTo(CiphertextForm.DIRECT);
        }
    }

    @Test
    void usesNoSubkeyOfADestroyedObject() {
        MaterialReference reference = generated();
        SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);
        token.decrypt(reference, ASSOCIATED_DATA, message);

        token.destroy(reference);

        assertThat(reasonOf(() -> token.decrypt(reference, ASSOCIATED_DATA, message)))
                .isEqualTo(Reason.OBJECT_MISSING);
        assertThat(reasonOf(() -> token.encrypt(reference, ASSOCIATED_DATA, MATERIAL)))
                .isEqualTo(Reason.OBJECT_MISSING);
    }

    @Test
    void encryptsAndDecryptsWhileSubkeysAreForgotten() throws InterruptedException, ExecutionException {
        MaterialReference reference = generated();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger decrypted = new AtomicInteger();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            work.add(() -> {
                for (int i = 0; i < 200; i++) {
                    byte[] plaintext = bytes(32);
                    SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, plaintext);
                    assertThat(token.decrypt(reference, ASSOCIATED_DATA, message))
                            .isEqualTo(plaintext);
                    decrypted.incrementAndGet();
                }
                return 0;
            });
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Integer> forgetting = threads.submit(() -> {
                int times = 0;
                while (!done.get()) {
                    token.forgetSubkeys(reference);
                    times++;
                }
                return times;
            });
            for (Future<Integer> result : threads.invokeAll(work)) {
                assertThat(result.get()).isZero();
            }
            done.set(true);
            assertThat(forgetting.get()).isPositive();
        }
        assertThat(decrypted).hasValue(800);
    }

    @Test
    void makesAndDestroysObjectsInManyThreads() throws InterruptedException, ExecutionException {
        List<Callable<MaterialReference>> work = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            work.add(() -> {
                MaterialReference reference = generated();
                SealedMessage message = token.encrypt(reference, ASSOCIATED_DATA, MATERIAL);
                assertThat(token.decrypt(reference, ASSOCIATED_DATA, message)).isEqualTo(MATERIAL);
                token.destroy(reference);
                return reference;
            });
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Future<MaterialReference> result : threads.invokeAll(work)) {
                assertThat(token.holds(result.get())).isFalse();
            }
        }
    }

    // Codes

    static Stream<Arguments> macs() {
        return Arrays.stream(KeySpec.values())
                .flatMap(spec -> spec.algorithms(KeyUsage.GENERATE_VERIFY_MAC).stream()
                        .map(algorithm -> Arguments.of(spec, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("macs")
    void computesCodes(KeySpec spec, MacAlgorithm algorithm) {
        MaterialReference reference = token.reference(serviceName());
        token.generate(reference, spec);
        for (int lengthBytes : new int[] {1, 63, 64, 65, 4096}) {
            byte[] message = bytes(lengthBytes);

            byte[] code = token.mac(reference, algorithm, message);

            assertThat(code).hasSize(algorithm.lengthBytes());
            assertThat(token.mac(reference, algorithm, message)).isEqualTo(code);
            message[lengthBytes - 1] ^= 1;
            assertThat(token.mac(reference, algorithm, message)).isNotEqualTo(code);
        }
        MaterialReference other = token.reference(serviceName());
        token.generate(other, spec);
        assertThat(token.mac(other, algorithm, MATERIAL)).isNotEqualTo(token.mac(reference, algorithm, MATERIAL));
    }

    @Test
    void computesNoCodesOfMessagesThatAreTooShortOrTooLong() {
        MaterialReference reference = token.reference(serviceName());
        token.generate(reference, KeySpec.HMAC_256);
        for (int lengthBytes : new int[] {0, 4097}) {
            assertThat(reasonOf(() -> token.mac(reference, MacAlgorithm.HMAC_SHA_256, new byte[lengthBytes])))
                    .isEqualTo(Reason.FAILED);
        }
    }

    @Test
    void computesNoCodesUnderWhatIsNotThere() {
        MaterialReference reference = token.reference(serviceName());

        assertThat(reasonOf(() -> token.mac(reference, MacAlgorithm.HMAC_SHA_256, MATERIAL)))
                .isEqualTo(Reason.OBJECT_MISSING);
    }

    // Wrapping keys

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void generatesWrappingKeys(int modulusBits) {
        MaterialReference reference = token.reference(wrappingName());
        if (!has(TokenCapability.GENERATE_WRAPPING_KEYS)) {
            assertThat(reasonOf(() -> token.generateWrappingKey(reference, modulusBits)))
                    .isEqualTo(Reason.UNSUPPORTED);
            return;
        }
        byte[] publicKey = token.generateWrappingKey(reference, modulusBits);

        assertThat(Wrapping.publicKey(publicKey).getModulus().bitLength()).isEqualTo(modulusBits);
        assertThat(token.holds(reference)).isTrue();
        for (WrappingAlgorithm algorithm : WrappingAlgorithm.values()) {
            if (unwraps(algorithm)) {
                MaterialReference target = token.reference(serviceName());
                token.unwrap(
                        new WrappedMaterial(
                                reference,
                                algorithm,
                                Wrapping.wrap(algorithm, publicKey, MATERIAL),
                                KeySpec.SYMMETRIC_DEFAULT),
                        KeyUsage.ENCRYPT_DECRYPT,
                        target);
                assertThat(token.holds(target)).isTrue();
            }
        }
        token.destroy(reference);
        assertThat(token.holds(reference)).isFalse();
    }

    @Test
    void refusesWrappingKeysOfOtherLengths() {
        MaterialReference reference = token.reference(wrappingName());

        assertThat(reasonOf(() -> token.generateWrappingKey(reference, 1024)))
                .isIn(has(TokenCapability.GENERATE_WRAPPING_KEYS) ? Reason.FAILED : Reason.UNSUPPORTED);
        assertThat(token.holds(reference)).isFalse();
    }

    @Test
    void doesNotMistakeAWrappingKeyForADataKey() {
        assertThat(reasonOf(() -> token.encrypt(wrappingKey, ASSOCIATED_DATA, MATERIAL)))
                .isEqualTo(Reason.OBJECT_MISSING);
    }

    // Import

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void unwrapsMaterial(WrappingAlgorithm algorithm) throws GeneralSecurityException {
        MaterialReference target = token.reference(serviceName());
        if (!unwraps(algorithm)) {
            assertThat(reasonOf(() -> unwrap(algorithm, new byte[256], target))).isEqualTo(Reason.UNSUPPORTED);
            assertThat(reasonOf(() -> token.unwrapPlace(algorithm, KeySpec.SYMMETRIC_DEFAULT)))
                    .isEqualTo(Reason.UNSUPPORTED);
            return;
        }
        byte[] wrapped = Wrapping.wrap(algorithm, wrappingPublicKey, MATERIAL);

        UnwrapPlace place = unwrap(algorithm, wrapped, target);

        assertThat(place).isEqualTo(has(oaepInToken(algorithm)) ? UnwrapPlace.TOKEN : UnwrapPlace.HOST_UNPADDING);
        assertThat(token.unwrapPlace(algorithm, KeySpec.SYMMETRIC_DEFAULT)).isEqualTo(place);
        SealedMessage message = token.encrypt(target, ASSOCIATED_DATA, MATERIAL);
        assertThat(token.decrypt(target, ASSOCIATED_DATA, message)).isEqualTo(MATERIAL);
        assertThat(decryptInSoftware(message)).isEqualTo(MATERIAL);
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void refusesToUnwrapOverAnObject(WrappingAlgorithm algorithm) {
        MaterialReference target = generated();
        SealedMessage message = token.encrypt(target, ASSOCIATED_DATA, MATERIAL);

        assertThat(reasonOf(() -> unwrap(
                        algorithm,
                        unwraps(algorithm) ? Wrapping.wrap(algorithm, wrappingPublicKey, MATERIAL) : new byte[256],
                        target)))
                .isEqualTo(unwraps(algorithm) ? Reason.OBJECT_EXISTS : Reason.UNSUPPORTED);

        assertThat(token.decrypt(target, ASSOCIATED_DATA, message)).isEqualTo(MATERIAL);
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void refusesMaterialOfAnotherLength(WrappingAlgorithm algorithm) {
        for (int lengthBytes : new int[] {1, 16, 24, 31, 33, 48}) {
            requireRefused(
                    algorithm,
                    unwraps(algorithm)
                            ? Wrapping.wrap(algorithm, wrappingPublicKey, bytes(lengthBytes))
                            : new byte[256]);
        }
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void refusesWhatIsNotWrapped(WrappingAlgorithm algorithm) {
        for (int lengthBytes : new int[] {1, 32, 255, 256, 257, 296, 512}) {
            requireRefused(algorithm, bytes(lengthBytes));
            requireRefused(algorithm, new byte[lengthBytes]);
            byte[] aboveAnyModulus = new byte[lengthBytes];
            Arrays.fill(aboveAnyModulus, (byte) 0xff);
            requireRefused(algorithm, aboveAnyModulus);
        }
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void refusesChangedWrappings(WrappingAlgorithm algorithm) {
        byte[] wrapped = unwraps(algorithm) ? Wrapping.wrap(algorithm, wrappingPublicKey, MATERIAL) : new byte[256];
        for (int place = 0; place < wrapped.length; place += 37) {
            byte[] changed = wrapped.clone();
            changed[place] ^= 1;
            requireRefused(algorithm, changed);
        }
        requireRefused(algorithm, Arrays.copyOf(wrapped, wrapped.length - 1));
        requireRefused(algorithm, Arrays.copyOf(wrapped, wrapped.length + 1));
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void refusesAMissingWrappingKey(WrappingAlgorithm algorithm) {
        MaterialReference missing = token.reference(wrappingName());
        MaterialReference target = token.reference(serviceName());

        assertThat(reasonOf(() -> token.unwrap(
                        new WrappedMaterial(missing, algorithm, new byte[256], KeySpec.SYMMETRIC_DEFAULT),
                        KeyUsage.ENCRYPT_DECRYPT,
                        target)))
                .isEqualTo(unwraps(algorithm) ? Reason.OBJECT_MISSING : Reason.UNSUPPORTED);
    }

    @ParameterizedTest
    @EnumSource(WrappingAlgorithm.class)
    void identifiesMaterial(WrappingAlgorithm algorithm) {
        if (!unwraps(algorithm)) {
            assertThat(reasonOf(() -> token.identify(wrapped(algorithm, new byte[256]), KEY)))
                    .isEqualTo(Reason.UNSUPPORTED);
            return;
        }
        MaterialId id = identify(algorithm, MATERIAL, KEY);

        assertThat(identify(algorithm, MATERIAL, KEY)).isEqualTo(id);
        assertThat(identify(algorithm, MATERIAL, OTHER_KEY)).isNotEqualTo(id);
        assertThat(identify(algorithm, bytes(32), KEY)).isNotEqualTo(id);
        assertThat(id).isEqualTo(ReferenceForms.identify(form(), KeySpec.SYMMETRIC_DEFAULT, MATERIAL, KEY));
        assertThat(reasonOf(() -> identify(algorithm, bytes(16), KEY))).isEqualTo(Reason.UNWRAP_FAILED);
        assertThat(reasonOf(() -> token.identify(wrapped(algorithm, bytes(256)), KEY)))
                .isEqualTo(Reason.UNWRAP_FAILED);
    }

    private MaterialId identify(WrappingAlgorithm algorithm, byte[] material, KeyId key) {
        return token.identify(wrapped(algorithm, Wrapping.wrap(algorithm, wrappingPublicKey, material)), key);
    }

    private UnwrapPlace unwrap(WrappingAlgorithm algorithm, byte[] wrapped, MaterialReference target) {
        return token.unwrap(wrapped(algorithm, wrapped), KeyUsage.ENCRYPT_DECRYPT, target);
    }

    private WrappedMaterial wrapped(WrappingAlgorithm algorithm, byte[] bytes) {
        return new WrappedMaterial(wrappingKey, algorithm, bytes, KeySpec.SYMMETRIC_DEFAULT);
    }

    private void requireRefused(WrappingAlgorithm algorithm, byte[] wrapped) {
        MaterialReference target = token.reference(serviceName());
        assertThat(failureOf(() -> unwrap(algorithm, wrapped, target)))
                .as("%s of %s", algorithm, hexadecimal(wrapped))
                .extracting(TokenException::reason)
                .isEqualTo(unwraps(algorithm) ? Reason.UNWRAP_FAILED : Reason.UNSUPPORTED);
        assertThat(token.holds(target)).isFalse();
    }

    private boolean unwraps(WrappingAlgorithm algorithm) {
        return has(TokenCapability.GENERATE_WRAPPING_KEYS)
                && has(TokenCapability.IDENTIFY_MATERIAL)
                && (has(oaepInToken(algorithm)) || has(TokenCapability.UNPAD_OAEP_ON_HOST))
                && (!algorithm.viaAesKey() || has(TokenCapability.UNWRAP_RFC_5649));
    }

    private static TokenCapability oaepInToken(WrappingAlgorithm algorithm) {
        return algorithm.oaepHash().equals("SHA-1")
                ? TokenCapability.UNWRAP_OAEP_SHA_1
                : TokenCapability.UNWRAP_OAEP_SHA_256;
    }

    private Set<CiphertextForm> ownForms() {
        return has(TokenCapability.DERIVE_SUBKEYS)
                ? Set.of(CiphertextForm.SP800_108_SUBKEY, CiphertextForm.ECB_SUBKEY)
                : Set.of(CiphertextForm.DIRECT);
    }

    private CiphertextForm form() {
        return token.encrypt(generated(), ASSOCIATED_DATA, MATERIAL).form();
    }

    private boolean has(TokenCapability capability) {
        return expectedCapabilities().contains(capability);
    }

    private MaterialReference generated() {
        MaterialReference reference = token.reference(serviceName());
        token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
        return reference;
    }

    /** Decrypts a message under {@link #MATERIAL} without the token. */
    private static byte[] decryptInSoftware(SealedMessage message) throws GeneralSecurityException {
        byte[] key = ReferenceForms.messageKey(message.form(), MATERIAL, message.nonce());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, message.iv()));
        cipher.updateAAD(ASSOCIATED_DATA);
        return cipher.doFinal(message.ciphertext());
    }

    private static Reason reasonOf(ThrowingCallable call) {
        return failureOf(call).reason();
    }

    private static TokenException failureOf(ThrowingCallable call) {
        TokenException[] thrown = new TokenException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, e -> thrown[0] = e);
        return thrown[0];
    }

    private static SealedMessage with(SealedMessage message, byte[] nonce, byte[] iv, byte[] ciphertext) {
        return new SealedMessage(message.form(), nonce, iv, ciphertext);
    }

    /** Copies of the bytes, each with one byte changed. */
    private static List<byte[]> everyByteOf(byte[] bytes) {
        List<byte[]> changed = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            byte[] copy = bytes.clone();
            copy[i] ^= (byte) 0x80;
            changed.add(copy);
        }
        return changed;
    }

    private static byte[] bytes(int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String hexadecimal(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MaterialId randomId() {
        return MaterialId.of(bytes(MaterialId.LENGTH_BYTES));
    }

    private static MaterialName serviceName() {
        return MaterialName.ofService(INSTALLATION, ServicePurpose.IMPORT_TOKEN, 1, randomId());
    }

    private static MaterialName wrappingName() {
        return MaterialName.ofWrappingKey(INSTALLATION, hexadecimal(bytes(16)), randomId());
    }
}
