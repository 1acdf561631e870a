package dev.keyward.conformance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
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

/**
 * What every {@link Token} promises of HMAC keys and key pairs that come in wrapped. A spec that a fixture declares must
 * work, wrapped in each of its ways; one that it does not declare must be refused with {@link Reason#UNSUPPORTED}. Nothing
 * is skipped.
 *
 * <p>A fixture extends this class and says which token it opens and what that can do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ImportConformance {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final KeyId KEY = new KeyId("11111111-2222-3333-4444-555555555555");
    private static final KeyId OTHER_KEY = new KeyId("99999999-2222-3333-4444-555555555555");
    private static final SecureRandom RANDOM = new SecureRandom();

    // One for each spec: RSA keys take their time.
    private final Map<KeySpec, KeyPair> pairs = new EnumMap<>(KeySpec.class);
    private final Map<KeySpec, KeyPair> otherPairs = new EnumMap<>(KeySpec.class);
    private Token token = new InMemoryToken("not opened yet");
    private byte[] wrappingPublicKey = {};
    private MaterialReference wrappingKey = token.reference(wrappingName());

    /** Opens a token that nobody else uses and that holds nothing. Called once. */
    protected abstract Token openToken();

    /** The specs whose material it is expected to take in, written down independently of the token. */
    protected abstract Set<KeySpec> expectedImports();

    @BeforeAll
    void open() {
        token = openToken();
        wrappingKey = token.reference(wrappingName());
        wrappingPublicKey = token.generateWrappingKey(wrappingKey, 3072);
    }

    @AfterAll
    void close() {
        token.close();
    }

    /** Every way in which AWS KMS takes every kind of material. */
    static Stream<Arguments> ways() {
        return Stream.of(KeySpec.values())
                .filter(spec -> spec != KeySpec.SYMMETRIC_DEFAULT)
                .flatMap(spec -> spec.usages().stream()
                        .flatMap(usage -> spec.wrappingAlgorithms().stream()
                                .map(algorithm -> Arguments.of(spec, usage, algorithm))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatCameInDoesWhatItDidOutside(KeySpec spec, KeyUsage usage, WrappingAlgorithm algorithm)
            throws GeneralSecurityException {
        if (!expectedImports().contains(spec)) {
            requireUnsupported(spec, usage, algorithm);
            return;
        }
        MaterialReference target = reference();
        byte[] material = material(spec);
        assertThat(token.unwrap(wrapped(algorithm, spec, material), usage, target))
                .isEqualTo(token.unwrapPlace(algorithm, spec));

        assertThat(token.holds(target)).isTrue();
        assertThat(token.objects(INSTALLATION))
                .extracting(TokenObject::reference)
                .containsOnlyOnce(target);
        switch (usage) {
            case SIGN_VERIFY -> requireSigns(target, spec);
            case ENCRYPT_DECRYPT -> requireDecrypts(target, spec);
            case KEY_AGREEMENT -> requireAgrees(target, spec);
            case GENERATE_VERIFY_MAC -> requireComputesCodes(target, spec, material);
        }
        assertThat(failureOf(() -> token.unwrap(wrapped(algorithm, spec, material), usage, target))
                        .reason())
                .isEqualTo(Reason.OBJECT_EXISTS);

        token.destroy(target);

        assertThat(token.holds(target)).isFalse();
        assertThat(token.objects(INSTALLATION))
                .extracting(TokenObject::reference)
                .doesNotContain(target);
    }

    @Test
    void refusesEdwardsKeysBeforeAnythingIsSent() {
        for (WrappingAlgorithm algorithm : WrappingAlgorithm.values()) {
            requireUnsupported(KeySpec.ECC_NIST_EDWARDS25519, KeyUsage.SIGN_VERIFY, algorithm);
        }
    }

    @ParameterizedTest
    @MethodSource("waysOfOneUsage")
    void namesMaterialByWhatItIs(KeySpec spec, KeyUsage usage, WrappingAlgorithm algorithm)
            throws GeneralSecurityException {
        if (!expectedImports().contains(spec)) {
            requireUnsupported(spec, usage, algorithm);
            return;
        }
        byte[] material = material(spec);
        MaterialId id = token.identify(wrapped(algorithm, spec, material), KEY);

        assertThat(token.identify(wrapped(algorithm, spec, material), KEY)).isEqualTo(id);
        assertThat(token.identify(wrapped(algorithm, spec, material), OTHER_KEY))
                .isNotEqualTo(id);
        assertThat(id)
                .isEqualTo(
                        spec.type().isPair()
                                ? ReferenceForms.identify(pair(spec).getPublic().getEncoded(), KEY)
                                : ReferenceForms.identify(CiphertextForm.DIRECT, spec, material, KEY));
        if (spec.curve().isPresent()) {
            assertThat(token.identify(wrapped(algorithm, spec, PrivateKeyForms.withoutPublicHalf(material)), KEY))
                    .as("with its public half and without, a private key is the same")
                    .isEqualTo(id);
            assertThat(token.identify(
                            wrapped(algorithm, spec, PrivateKeyForms.withPublicHalfOf(otherMaterial(spec), material)),
                            KEY))
                    .as("with the public half of another too")
                    .isEqualTo(id);
        }
        assertThat(token.identify(wrapped(algorithm, spec, otherMaterial(spec)), KEY))
                .isNotEqualTo(id);
    }

    /** Every way, for one usage of each spec. */
    static Stream<Arguments> waysOfOneUsage() {
        return ways().filter(way ->
                way.get()[1] == ((KeySpec) way.get()[0]).algorithms().getFirst().usage());
    }

    /** Every spec, with everything that is not its material. */
    @ParameterizedTest
    @MethodSource("waysOfOneUsage")
    void takesNothingElse(KeySpec spec, KeyUsage usage, WrappingAlgorithm algorithm) throws GeneralSecurityException {
        if (!expectedImports().contains(spec)) {
            requireUnsupported(spec, usage, algorithm);
            return;
        }
        List<byte[]> wrong = new ArrayList<>(spec.type().isPair() ? wrongPrivateKeys(spec) : wrongSecrets(spec));
        wrong.add(new byte[1]);
        wrong.add(random(100));
        for (byte[] material : wrong) {
            if (algorithm.viaAesKey() || fitsOaep(material)) {
                requireRefused(new WrappedMaterial(wrappingKey, algorithm, wrap(algorithm, material), spec), usage);
            }
        }
        byte[] wrapped = wrap(algorithm, material(spec));
        for (int place = 0; place < wrapped.length; place += 1 + wrapped.length / 10) {
            byte[] changed = wrapped.clone();
            changed[place] ^= 1;
            requireRefused(new WrappedMaterial(wrappingKey, algorithm, changed, spec), usage);
        }
        for (int lengthBytes : new int[] {0, 1, 384, 385, wrapped.length - 1, wrapped.length + 1}) {
            if (lengthBytes != wrapped.length) {
                byte[] cut = Arrays.copyOf(wrapped, lengthBytes);
                requireRefused(new WrappedMaterial(wrappingKey, algorithm, cut, spec), usage);
            }
        }
    }

    /** Private keys that are 0 or more than the order of the curve, and parameters that are no named curve's. */
    @ParameterizedTest
    @MethodSource("waysOfOneUsage")
    void takesNoKeyOnACurveOfItsOwn(KeySpec spec, KeyUsage usage, WrappingAlgorithm algorithm)
            throws GeneralSecurityException {
        if (spec.curve().isEmpty()) {
            assertThat(spec.type()).isNotEqualTo(KeyType.ELLIPTIC_CURVE);
            return;
        }
        if (!expectedImports().contains(spec)) {
            requireUnsupported(spec, usage, algorithm);
            return;
        }
        for (byte[] material : PrivateKeyForms.onNoCurve(material(spec))) {
            if (algorithm.viaAesKey() || fitsOaep(material)) {
                requireRefused(wrapped(algorithm, spec, material), usage);
            }
        }
    }

    /** Numbers that are an RSA key by their lengths, and of which one does not belong to the others. */
    @ParameterizedTest
    @EnumSource(
            value = WrappingAlgorithm.class,
            names = {"RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"})
    void takesNoRsaKeyWhoseHalvesDoNotFitTogether(WrappingAlgorithm algorithm) throws GeneralSecurityException {
        if (!expectedImports().contains(KeySpec.RSA_2048)) {
            requireUnsupported(KeySpec.RSA_2048, KeyUsage.SIGN_VERIFY, algorithm);
            return;
        }
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair(KeySpec.RSA_2048).getPrivate();
        RSAPrivateCrtKey other =
                (RSAPrivateCrtKey) pair(KeySpec.RSA_2048, otherPairs).getPrivate();
        BigInteger two = BigInteger.TWO;
        List<byte[]> wrong = List.of(
                PrivateKeyForms.rsa(other.getModulus(), key.getPublicExponent(), key),
                PrivateKeyForms.rsa(key.getModulus(), BigInteger.valueOf(3), key),
                PrivateKeyForms.rsa(key.getModulus(), BigInteger.valueOf(65539), key),
                PrivateKeyForms.rsa(key.getModulus(), key.getPublicExponent().add(BigInteger.ONE), key),
                PrivateKeyForms.rsa(key.getModulus(), BigInteger.ONE, key),
                PrivateKeyForms.rsa(key.getModulus().subtract(two), key.getPublicExponent(), key),
                PrivateKeyForms.rsa(key.getModulus().add(BigInteger.ONE), key.getPublicExponent(), key));

        for (byte[] material : wrong) {
            requireRefused(wrapped(algorithm, KeySpec.RSA_2048, material), KeyUsage.SIGN_VERIFY);
        }
    }

    /** What OAEP has no room for cannot come. */
    private static boolean fitsOaep(byte[] material) {
        return material.length <= 3072 / Byte.SIZE - 2 * 32 - 2;
    }

    private void requireSigns(MaterialReference target, KeySpec spec) throws GeneralSecurityException {
        PublicKey publicKey = requirePublicHalf(target, spec);
        for (KeyAlgorithm each : spec.algorithms(KeyUsage.SIGN_VERIFY)) {
            SigningAlgorithm algorithm = (SigningAlgorithm) each;
            byte[] digest = random(algorithm.digestLengthBytes());

            byte[] signature = token.sign(target, spec, algorithm, digest);

            assertThat(SoftwareKeyPairs.verify(publicKey, algorithm, digest, signature))
                    .isTrue();
            assertThat(token.verify(target, spec, algorithm, digest, signature)).isTrue();
            byte[] outside = SoftwareKeyPairs.sign(pair(spec).getPrivate(), algorithm, digest);
            assertThat(token.verify(target, spec, algorithm, digest, outside)).isTrue();
            outside[outside.length - 1] ^= 1;
            assertThat(token.verify(target, spec, algorithm, digest, outside)).isFalse();
        }
    }

    private void requireDecrypts(MaterialReference target, KeySpec spec) throws GeneralSecurityException {
        PublicKey publicKey = requirePublicHalf(target, spec);
        for (KeyAlgorithm each : spec.algorithms(KeyUsage.ENCRYPT_DECRYPT)) {
            EncryptionAlgorithm algorithm = (EncryptionAlgorithm) each;
            byte[] plaintext = random(32);
            byte[] ciphertext = SoftwareKeyPairs.oaep(Cipher.ENCRYPT_MODE, publicKey, algorithm, plaintext);
            assertThat(token.decryptOaep(target, spec, algorithm, ciphertext)).isEqualTo(plaintext);
            byte[] own = token.encryptOaep(target, spec, algorithm, plaintext);
            assertThat(SoftwareKeyPairs.oaep(Cipher.DECRYPT_MODE, pair(spec).getPrivate(), algorithm, own))
                    .isEqualTo(plaintext);
        }
    }

    private void requireAgrees(MaterialReference target, KeySpec spec) throws GeneralSecurityException {
        requirePublicHalf(target, spec);
        KeyPair other = SoftwareKeyPairs.generate(spec);
        byte[] otherPoint = SoftwareKeyPairs.point(spec, other.getPublic().getEncoded());
        assertThat(token.deriveSharedSecret(target, spec, otherPoint))
                .isEqualTo(SoftwareKeyPairs.agree(pair(spec), otherPoint));
    }

    private void requireComputesCodes(MaterialReference target, KeySpec spec, byte[] material)
            throws GeneralSecurityException {
        MacAlgorithm algorithm = (MacAlgorithm) spec.algorithms().getFirst();
        String name = algorithm.name().replace("HMAC_SHA_", "HmacSHA");
        Mac outside = Mac.getInstance(name);
        outside.init(new SecretKeySpec(material, name));
        byte[] message = random(100);
        assertThat(token.mac(target, algorithm, message)).isEqualTo(outside.doFinal(message));
    }

    private PublicKey requirePublicHalf(MaterialReference target, KeySpec spec) throws GeneralSecurityException {
        PublicKey publicKey = SoftwareKeyPairs.publicKey(spec, token.publicKey(target, spec));
        assertThat(publicKey).isEqualTo(pair(spec).getPublic());
        return publicKey;
    }

    private void requireUnsupported(KeySpec spec, KeyUsage usage, WrappingAlgorithm algorithm) {
        WrappedMaterial material = new WrappedMaterial(wrappingKey, algorithm, new byte[384], spec);
        MaterialReference target = reference();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> token.unwrapPlace(algorithm, spec),
                () -> token.identify(material, KEY),
                () -> token.unwrap(material, usage, target))) {
            TokenException refusal = failureOf(call);
            assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refusal).hasMessageMatching(".*CK[KMO]_.*");
        }
        assertThat(token.holds(target)).isFalse();
    }

    private void requireRefused(WrappedMaterial material, KeyUsage usage) {
        MaterialReference target = reference();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> token.identify(material, KEY), () -> token.unwrap(material, usage, target))) {
            assertThat(failureOf(call))
                    .as("%s of %d bytes", material, material.bytes().length)
                    .isNotNull()
                    .extracting(TokenException::reason)
                    .isEqualTo(Reason.UNWRAP_FAILED);
        }
        assertThat(token.holds(target)).isFalse();
        assertThat(token.objects(INSTALLATION))
                .extracting(TokenObject::reference)
                .doesNotContain(target);
    }

    private static List<byte[]> wrongSecrets(KeySpec spec) {
        return Stream.of(-1, 1, -spec.materialLengthBytes() / 2, spec.materialLengthBytes())
                .map(more -> random(spec.materialLengthBytes() + more))
                .toList();
    }

    /** Private keys of every other spec, and what is left of one that is cut or changed. */
    private List<byte[]> wrongPrivateKeys(KeySpec spec) throws GeneralSecurityException {
        List<byte[]> wrong = new ArrayList<>();
        for (KeySpec other : KeySpec.values()) {
            if (other != spec && other.type().isPair()) {
                wrong.add(pair(other).getPrivate().getEncoded());
            }
        }
        byte[] own = material(spec);
        wrong.add(Arrays.copyOf(own, own.length - 1));
        wrong.add(Arrays.copyOf(own, own.length / 2));
        byte[] otherTag = own.clone();
        otherTag[0] ^= 1;
        wrong.add(otherTag);
        wrong.add(new byte[own.length]);
        return wrong;
    }

    private byte[] material(KeySpec spec) throws GeneralSecurityException {
        if (spec.type().isPair()) {
            return pair(spec).getPrivate().getEncoded();
        }
        byte[] secret = new byte[spec.materialLengthBytes()];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (i + 1);
        }
        return secret;
    }

    private byte[] otherMaterial(KeySpec spec) throws GeneralSecurityException {
        return spec.type().isPair()
                ? pair(spec, otherPairs).getPrivate().getEncoded()
                : random(spec.materialLengthBytes());
    }

    private KeyPair pair(KeySpec spec) throws GeneralSecurityException {
        return pair(spec, pairs);
    }

    private static KeyPair pair(KeySpec spec, Map<KeySpec, KeyPair> made) throws GeneralSecurityException {
        KeyPair known = made.get(spec);
        if (known == null) {
            known = SoftwareKeyPairs.generate(spec);
            made.put(spec, known);
        }
        return known;
    }

    private WrappedMaterial wrapped(WrappingAlgorithm algorithm, KeySpec spec, byte[] material) {
        return new WrappedMaterial(wrappingKey, algorithm, wrap(algorithm, material), spec);
    }

    private byte[] wrap(WrappingAlgorithm algorithm, byte[] material) {
        return Wrapping.wrap(algorithm, wrappingPublicKey, material);
    }

    private MaterialReference reference() {
        return token.reference(MaterialName.ofKey(
                INSTALLATION, KEY, MaterialId.of(token.random(32)), MaterialId.of(token.random(32))));
    }

    private static MaterialName wrappingName() {
        return MaterialName.ofWrappingKey(INSTALLATION, "0123", MaterialId.of(random(32)));
    }

    private static TokenException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(TokenException.class, call);
    }

    private static byte[] random(int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
