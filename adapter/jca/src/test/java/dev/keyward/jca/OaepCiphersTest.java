package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** RSA keys that decrypt what the JDK has encrypted with their public halves. */
@ExtendWith(KeywardExtension.class)
class OaepCiphersTest {
    private static final byte[] MESSAGE = "attack at dawn".getBytes(StandardCharsets.UTF_8);
    private static final OAEPParameterSpec SHA_1 = oaep("SHA-1", MGF1ParameterSpec.SHA1);
    private static final OAEPParameterSpec SHA_256 = oaep("SHA-256", MGF1ParameterSpec.SHA256);
    private static final String ANY = "RSA/ECB/OAEPPadding";
    private static final String WITH_SHA_1 = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final String WITH_SHA_256 = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    private final KmsClient kms;
    private final KeywardProvider provider;
    private KeyPair pair;

    OaepCiphersTest(KmsClient kms) throws GeneralSecurityException {
        this.kms = kms;
        provider = new KeywardProvider(kms);
        pair = generate(KeySpec.RSA_2048, KeyUsageType.ENCRYPT_DECRYPT);
    }

    @BeforeEach
    void register() {
        Security.addProvider(provider);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    static Stream<Arguments> paddings() {
        return Stream.of(
                Arguments.of(ANY, SHA_1),
                Arguments.of(ANY, SHA_256),
                Arguments.of(WITH_SHA_1, SHA_1),
                Arguments.of("RSA/ECB/OAEPWithSHA1AndMGF1Padding", SHA_1),
                Arguments.of(WITH_SHA_256, SHA_256));
    }

    @ParameterizedTest
    @MethodSource("paddings")
    void whatTheJdkEncryptsIsDecrypted(String transformation, OAEPParameterSpec parameters)
            throws GeneralSecurityException {
        byte[] ciphertext = encrypt(transformation, parameters, MESSAGE);

        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), parameters);

        assertThat(cipher.getProvider()).isSameAs(provider);
        cipher.update(ciphertext, 0, 100);
        assertThat(cipher.doFinal(ciphertext, 100, ciphertext.length - 100)).isEqualTo(MESSAGE);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), cipher.getParameters());
        assertThat(cipher.doFinal(ciphertext)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {ANY, WITH_SHA_1})
    void withoutParametersItIsSha1(String transformation) throws GeneralSecurityException {
        Cipher encryption = Cipher.getInstance(transformation);
        encryption.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        byte[] ciphertext = encryption.doFinal(MESSAGE);

        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());

        assertThat(cipher.doFinal(ciphertext)).isEqualTo(MESSAGE);
    }

    @Test
    void whichDigestTheMaskHasIsNotGuessed() throws GeneralSecurityException {
        Cipher silent = Cipher.getInstance(WITH_SHA_256);
        Cipher cipher = Cipher.getInstance(WITH_SHA_256);

        assertThatThrownBy(() -> silent.init(Cipher.DECRYPT_MODE, pair.getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("MGF1ParameterSpec.SHA256");
        assertThatThrownBy(() ->
                        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), oaep("SHA-256", MGF1ParameterSpec.SHA1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("MGF1 with SHA-1");
    }

    @Test
    void parametersThatKmsLacksAreRefused() throws GeneralSecurityException {
        Cipher any = Cipher.getInstance(ANY, provider);
        Cipher sha1 = Cipher.getInstance(WITH_SHA_1, provider);
        OAEPParameterSpec labelled =
                new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, new PSource.PSpecified(new byte[] {1}));

        assertThatThrownBy(() -> any.init(Cipher.DECRYPT_MODE, pair.getPrivate(), labelled))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() ->
                        any.init(Cipher.DECRYPT_MODE, pair.getPrivate(), oaep("SHA-384", MGF1ParameterSpec.SHA384)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> sha1.init(Cipher.DECRYPT_MODE, pair.getPrivate(), SHA_256))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("not RSAES_OAEP_SHA_256");
        assertThatThrownBy(() -> any.init(Cipher.DECRYPT_MODE, pair.getPrivate(), MGF1ParameterSpec.SHA1))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void whatIsNoCiphertextOfTheKeyIsRefused() throws GeneralSecurityException {
        byte[] ciphertext = encrypt(ANY, SHA_256, MESSAGE);
        byte[] changed = ciphertext.clone();
        changed[17] ^= 1;
        Cipher cipher = Cipher.getInstance(ANY, provider);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), SHA_1);

        for (byte[] wrong : new byte[][] {ciphertext, changed, new byte[256], new byte[255], new byte[1]}) {
            assertThatThrownBy(() -> cipher.doFinal(wrong))
                    .isInstanceOf(BadPaddingException.class)
                    .hasCauseInstanceOf(InvalidCiphertextException.class);
        }
        assertThatThrownBy(() -> cipher.doFinal(new byte[257]))
                .isInstanceOf(IllegalBlockSizeException.class)
                .hasMessageContaining("256");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), SHA_256);
        assertThat(cipher.doFinal(ciphertext)).isEqualTo(MESSAGE);
    }

    @Test
    void secretKeysAreUnwrapped() throws GeneralSecurityException {
        SecretKey dataKey = new SecretKeySpec(new byte[32], "AES");
        Cipher wrapping = Cipher.getInstance(ANY);
        wrapping.init(Cipher.WRAP_MODE, pair.getPublic(), SHA_256);
        Cipher cipher = Cipher.getInstance(ANY);
        cipher.init(Cipher.UNWRAP_MODE, pair.getPrivate(), SHA_256);

        assertThat(cipher.unwrap(wrapping.wrap(dataKey), "AES", Cipher.SECRET_KEY))
                .isEqualTo(dataKey);
        assertThatThrownBy(() -> cipher.unwrap(new byte[256], "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.unwrap(encrypt(ANY, SHA_256, new byte[0]), "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.unwrap(wrapping.wrap(dataKey), "RSA", Cipher.PRIVATE_KEY))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_3072", "RSA_4096"})
    void longerKeysDecryptLongerMessages(KeySpec keySpec) throws GeneralSecurityException {
        pair = generate(keySpec, KeyUsageType.ENCRYPT_DECRYPT);
        byte[] message = new byte[300];
        Cipher cipher = Cipher.getInstance(ANY);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());

        assertThat(cipher.doFinal(encrypt(ANY, SHA_1, message))).isEqualTo(message);
    }

    @Test
    void keysForSomethingElseAndDisabledOnesAreRefused() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ANY, provider);
        KeyPair signing = generate(KeySpec.RSA_2048, KeyUsageType.SIGN_VERIFY);
        KeyPair foreign = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();

        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, signing.getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("is for SIGN_VERIFY");
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, foreign.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, pair.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("another provider");

        byte[] ciphertext = encrypt(ANY, SHA_1, MESSAGE);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        kms.disableKey(request -> request.keyId(((KmsKey) pair.getPrivate()).arn()));
        assertThatThrownBy(() -> cipher.doFinal(ciphertext))
                .isInstanceOf(ProviderException.class)
                .hasCauseInstanceOf(DisabledException.class);
    }

    private byte[] encrypt(String transformation, OAEPParameterSpec parameters, byte[] message)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic(), parameters);
        return cipher.doFinal(message);
    }

    private KeyPair generate(KeySpec keySpec, KeyUsageType usage) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(KmsKeyGenParameterSpec.of(keySpec).withUsage(usage));
        return generator.generateKeyPair();
    }

    private static OAEPParameterSpec oaep(String digest, MGF1ParameterSpec mask) {
        return new OAEPParameterSpec(digest, "MGF1", mask, PSource.PSpecified.DEFAULT);
    }
}
