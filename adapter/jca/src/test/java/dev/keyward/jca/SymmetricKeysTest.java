package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.Tag;

/** Encryption and HMAC keys through {@code javax.crypto}. */
@ExtendWith(KeywardExtension.class)
class SymmetricKeysTest {
    private static final byte[] MESSAGE = "attack at dawn".getBytes(StandardCharsets.UTF_8);
    private static final KmsParameterSpec PAYROLL = new KmsParameterSpec(Map.of("department", "payroll"));

    private final KmsClient kms;
    private final KeywardProvider provider;

    SymmetricKeysTest(KmsClient kms) {
        this.kms = kms;
        provider = new KeywardProvider(kms);
    }

    private SecretKey key;

    @BeforeEach
    void generate() throws GeneralSecurityException {
        key = KeyGenerator.getInstance("KMS", provider).generateKey();
    }

    @Test
    void whatIsEncryptedIsDecryptedUnderTheSameContextOnly() throws GeneralSecurityException {
        byte[] ciphertext = encrypt(MESSAGE, PAYROLL);

        Cipher cipher = Cipher.getInstance("KMS", provider);
        cipher.init(Cipher.DECRYPT_MODE, key, PAYROLL);
        assertThat(cipher.doFinal(ciphertext)).isEqualTo(MESSAGE);

        cipher.init(Cipher.DECRYPT_MODE, key, new KmsParameterSpec(Map.of("department", "sales")));
        assertThatThrownBy(() -> cipher.doFinal(ciphertext)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void theCiphertextIsThatOfKms() throws GeneralSecurityException {
        byte[] ciphertext = encrypt(MESSAGE, PAYROLL);

        SdkBytes plaintext = kms.decrypt(request -> request.encryptionContext(PAYROLL.encryptionContext())
                        .ciphertextBlob(SdkBytes.fromByteArray(ciphertext)))
                .plaintext();

        assertThat(plaintext.asByteArray()).isEqualTo(MESSAGE);
    }

    @Test
    void moreThanKmsTakesIsRefusedNamingTheLimit() throws GeneralSecurityException {
        assertThat(encrypt(new byte[4096], PAYROLL)).isNotEmpty();
        assertThatThrownBy(() -> encrypt(new byte[4097], PAYROLL))
                .isInstanceOf(IllegalBlockSizeException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void secretKeysAreWrappedAndUnwrapped() throws GeneralSecurityException {
        SecretKey dataKey = new SecretKeySpec(new byte[32], "AES");
        Cipher cipher = Cipher.getInstance("KMS", provider);
        cipher.init(Cipher.WRAP_MODE, key);
        byte[] wrapped = cipher.wrap(dataKey);

        cipher.init(Cipher.UNWRAP_MODE, key);

        assertThat(cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY)).isEqualTo(dataKey);
        assertThatThrownBy(() -> cipher.wrap(key)).isInstanceOf(IllegalStateException.class);
        cipher.init(Cipher.WRAP_MODE, key);
        assertThatThrownBy(() -> cipher.wrap(key)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void aDisabledKeyFailsByTheErrorOfKms() throws GeneralSecurityException {
        kms.disableKey(request -> request.keyId(((KmsKey) key).arn()));

        assertThatThrownBy(() -> encrypt(MESSAGE, PAYROLL))
                .isInstanceOf(ProviderException.class)
                .hasCauseInstanceOf(DisabledException.class);
    }

    @Test
    void keysShowNothing() {
        assertThat(key.getEncoded()).isNull();
        assertThat(key.getFormat()).isNull();
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void anotherProvidersKeysAreNotTaken() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("KMS", new KeywardProvider(kms));

        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES")))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "HmacSHA224, HMAC_224, HMAC_SHA_224",
        "HmacSHA256, HMAC_256, HMAC_SHA_256",
        "HmacSHA384, HMAC_384, HMAC_SHA_384",
        "HmacSHA512, HMAC_512, HMAC_SHA_512"
    })
    void codesAreThoseOfKms(String algorithm, String keySpec, String inKms) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(algorithm, provider);
        generator.init(KmsKeyGenParameterSpec.of(KeySpec.fromValue(keySpec))
                .withAlias("alias/" + algorithm)
                .withDescription("codes")
                .withTags(Map.of("team", "payroll")));
        SecretKey macKey = generator.generateKey();
        String arn = ((KmsKey) macKey).arn();

        Mac mac = Mac.getInstance(algorithm, provider);
        mac.init(macKey);
        mac.update(MESSAGE, 0, 7);
        mac.update(MESSAGE, 7, MESSAGE.length - 7);
        byte[] code = mac.doFinal();

        assertThat(code).hasSize(mac.getMacLength());
        assertThat(mac.doFinal(MESSAGE)).isEqualTo(code);
        assertThat(kms.verifyMac(request -> request.keyId("alias/" + algorithm)
                                .message(SdkBytes.fromByteArray(MESSAGE))
                                .mac(SdkBytes.fromByteArray(code))
                                .macAlgorithm(inKms))
                        .macValid())
                .isTrue();
        assertThat(kms.describeKey(request -> request.keyId(arn)).keyMetadata().description())
                .isEqualTo("codes");
        assertThat(kms.listResourceTags(request -> request.keyId(arn)).tags())
                .containsExactly(
                        Tag.builder().tagKey("team").tagValue("payroll").build());
    }

    @Test
    void aMessageLongerThanKmsTakesIsRefusedNamingTheLimit() throws GeneralSecurityException {
        SecretKey macKey = KeyGenerator.getInstance("HmacSHA256", provider).generateKey();
        Mac mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(macKey);
        mac.update(new byte[4096]);

        assertThatThrownBy(() -> mac.update((byte) 0))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("4096");
        assertThatThrownBy(mac::doFinal) // who goes on gets no code of a part
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("4096");
        assertThat(mac.doFinal(new byte[1])).hasSize(32);
    }

    private byte[] encrypt(byte[] plaintext, KmsParameterSpec parameters) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("KMS", provider);
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        return cipher.doFinal(plaintext);
    }
}
