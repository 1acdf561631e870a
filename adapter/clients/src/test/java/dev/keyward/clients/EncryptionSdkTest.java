package dev.keyward.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.exception.CannotUnwrapDataKeyException;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CollectionOfErrors;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsEcdhKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.KmsEcdhStaticConfigurations;
import software.amazon.cryptography.materialproviders.model.KmsPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.materialproviders.model.KmsPublicKeyDiscoveryInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** The AWS Encryption SDK for Java, over HTTP and in this process: its messages under keys that are in the token. */
@ExtendWith(KeywardExtension.class)
class EncryptionSdkTest {
    private static final byte[] MESSAGE = "the fleet sails at dawn".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> CONTEXT = Map.of("tenant", "north");
    private static final Map<String, String> OTHER_CONTEXT = Map.of("tenant", "south");

    private final AwsCrypto crypto = AwsCrypto.standard();
    private final MaterialProviders providers = MaterialProviders.builder()
            .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
            .build();

    @ParameterizedTest
    @EnumSource
    void aMessageComesBackUnderItsContextAlone(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        IKeyring keyring = keyring(kms, key(kms));

        byte[] encrypted = crypto.encryptData(keyring, MESSAGE, CONTEXT).getResult();

        assertThat(crypto.decryptData(keyring, encrypted, CONTEXT).getResult()).isEqualTo(MESSAGE);
        assertThatThrownBy(() -> crypto.decryptData(keyring, encrypted, OTHER_CONTEXT))
                .hasMessageContaining("Encryption context");
    }

    /** The context is bound by Keyward, not only by the library, which compares it before it asks. */
    @ParameterizedTest
    @EnumSource
    void aMessageWhoseContextWasChangedIsRefused(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        IKeyring keyring = keyring(kms, key(kms));
        byte[] encrypted = crypto.encryptData(keyring, MESSAGE, CONTEXT).getResult();

        assertThatThrownBy(() -> crypto.decryptData(keyring, replaced(encrypted, "north", "south")))
                .isInstanceOf(CollectionOfErrors.class)
                .satisfies(failure -> assertThat(((CollectionOfErrors) failure).list())
                        .anySatisfy(cause -> assertThat(cause).hasStackTraceContaining("InvalidCiphertext")));
    }

    @ParameterizedTest
    @EnumSource
    void eitherOfTwoKeysOpensAMessageForBoth(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        String first = key(kms);
        String second = key(kms);
        IKeyring both = providers.CreateMultiKeyring(CreateMultiKeyringInput.builder()
                .generator(keyring(kms, first))
                .childKeyrings(List.of(keyring(kms, second)))
                .build());
        byte[] encrypted = crypto.encryptData(both, MESSAGE).getResult();

        kms.disableKey(request -> request.keyId(first));

        assertThat(crypto.decryptData(both, encrypted).getResult()).isEqualTo(MESSAGE);
        assertThat(crypto.decryptData(keyring(kms, second), encrypted).getResult())
                .isEqualTo(MESSAGE);
        assertThatExceptionOfType(CollectionOfErrors.class)
                .isThrownBy(() -> crypto.decryptData(keyring(kms, first), encrypted))
                .satisfies(failure -> assertThat(failure.list()).hasAtLeastOneElementOfType(DisabledException.class));
    }

    @ParameterizedTest
    @EnumSource
    void anRsaKeyOpensWhatItsPublicHalfSealed(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        String key = kms.createKey(request -> request.keySpec(KeySpec.RSA_3072).keyUsage(KeyUsageType.ENCRYPT_DECRYPT))
                .keyMetadata()
                .arn();
        ByteBuffer publicKey = ByteBuffer.wrap(pem(kms, key).getBytes(StandardCharsets.US_ASCII));
        IKeyring keyring = providers.CreateAwsKmsRsaKeyring(CreateAwsKmsRsaKeyringInput.builder()
                .kmsClient(kms)
                .kmsKeyId(key)
                .publicKey(publicKey)
                .encryptionAlgorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256)
                .build());
        AwsCrypto unsigned = AwsCrypto.builder()
                .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
                .build();

        byte[] encrypted = unsigned.encryptData(keyring, MESSAGE, CONTEXT).getResult();

        assertThat(unsigned.decryptData(keyring, encrypted, CONTEXT).getResult())
                .isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void keysThatAgreeSealFromOneToTheOther(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        String sender = agreementKey(kms);
        String recipient = agreementKey(kms);
        IKeyring sending = agreementKeyring(
                kms,
                KmsEcdhStaticConfigurations.builder()
                        .KmsPrivateKeyToStaticPublicKey(KmsPrivateKeyToStaticPublicKeyInput.builder()
                                .senderKmsIdentifier(sender)
                                .senderPublicKey(publicKey(kms, sender))
                                .recipientPublicKey(publicKey(kms, recipient))
                                .build())
                        .build());
        IKeyring receiving = receivingKeyring(kms, recipient);
        IKeyring strangers = receivingKeyring(kms, agreementKey(kms));

        byte[] encrypted = crypto.encryptData(sending, MESSAGE, CONTEXT).getResult();

        assertThat(crypto.decryptData(receiving, encrypted, CONTEXT).getResult())
                .isEqualTo(MESSAGE);
        assertThatThrownBy(() -> crypto.decryptData(strangers, encrypted)).isInstanceOf(RuntimeException.class);
    }

    /** The library's older way of naming keys. */
    @ParameterizedTest
    @EnumSource
    void masterKeyProvidersWorkToo(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        String key = key(kms);
        KmsMasterKeyProvider provider = masterKeys(kms, key);

        byte[] encrypted = crypto.encryptData(provider, MESSAGE, CONTEXT).getResult();

        assertThat(crypto.decryptData(provider, encrypted).getResult()).isEqualTo(MESSAGE);
        assertThat(crypto.decryptData(
                                KmsMasterKeyProvider.builder()
                                        .customRegionalClientSupplier(region -> kms)
                                        .buildDiscovery(),
                                encrypted)
                        .getResult())
                .isEqualTo(MESSAGE);
        assertThatExceptionOfType(CannotUnwrapDataKeyException.class)
                .isThrownBy(() -> crypto.decryptData(masterKeys(kms, key(kms)), encrypted));
    }

    private static KmsMasterKeyProvider masterKeys(KmsClient kms, String key) {
        return KmsMasterKeyProvider.builder()
                .customRegionalClientSupplier(region -> kms)
                .buildStrict(key);
    }

    private IKeyring keyring(KmsClient kms, String key) {
        return providers.CreateAwsKmsKeyring(
                CreateAwsKmsKeyringInput.builder().kmsClient(kms).kmsKeyId(key).build());
    }

    private IKeyring agreementKeyring(KmsClient kms, KmsEcdhStaticConfigurations scheme) {
        return providers.CreateAwsKmsEcdhKeyring(CreateAwsKmsEcdhKeyringInput.builder()
                .kmsClient(kms)
                .curveSpec(ECDHCurveSpec.ECC_NIST_P256)
                .KeyAgreementScheme(scheme)
                .build());
    }

    private IKeyring receivingKeyring(KmsClient kms, String recipient) {
        return agreementKeyring(
                kms,
                KmsEcdhStaticConfigurations.builder()
                        .KmsPublicKeyDiscovery(KmsPublicKeyDiscoveryInput.builder()
                                .recipientKmsIdentifier(recipient)
                                .build())
                        .build());
    }

    private static String key(KmsClient kms) {
        return kms.createKey().keyMetadata().arn();
    }

    private static String agreementKey(KmsClient kms) {
        return kms.createKey(request -> request.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.KEY_AGREEMENT))
                .keyMetadata()
                .arn();
    }

    private static ByteBuffer publicKey(KmsClient kms, String key) {
        return kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteBuffer();
    }

    private static String pem(KmsClient kms, String key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(kms.getPublicKey(request -> request.keyId(key))
                        .publicKey()
                        .asByteArray());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** The bytes with one word of them replaced by another of the same length. */
    private static byte[] replaced(byte[] bytes, String word, String other) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(word);
        return text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1);
    }
}
