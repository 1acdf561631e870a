package dev.keyward.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.encryption.s3.S3EncryptionClient;
import software.amazon.encryption.s3.S3EncryptionClientException;
import software.amazon.encryption.s3.algorithms.AlgorithmSuite;
import software.amazon.encryption.s3.materials.CryptographicMaterialsManager;
import software.amazon.encryption.s3.materials.DecryptMaterialsRequest;
import software.amazon.encryption.s3.materials.DefaultCryptoMaterialsManager;
import software.amazon.encryption.s3.materials.EncryptionMaterials;
import software.amazon.encryption.s3.materials.EncryptionMaterialsRequest;
import software.amazon.encryption.s3.materials.KmsKeyring;

/** The keyring of the Amazon S3 Encryption Client: everything it does but the storing of objects. */
@ExtendWith(KeywardExtension.class)
class S3EncryptionClientTest {
    private static final AlgorithmSuite SUITE = AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY;
    private static final Map<String, String> CONTEXT = Map.of("tenant", "north");
    private static final Map<String, String> OTHER_CONTEXT = Map.of("tenant", "south");

    @ParameterizedTest
    @EnumSource
    void theDataKeyOfAnObjectComesBack(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        CryptographicMaterialsManager manager = manager(kms, key(kms));

        EncryptionMaterials sealed = manager.getEncryptionMaterials(encryption());

        assertThat(sealed.encryptedDataKeys()).hasSize(1);
        assertThat(manager.decryptMaterials(decryption(sealed, CONTEXT, sealed.encryptionContext()))
                        .plaintextDataKey())
                .isEqualTo(sealed.plaintextDataKey())
                .hasSize(32);
    }

    @ParameterizedTest
    @EnumSource
    void anotherContextIsRefused(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        CryptographicMaterialsManager manager = manager(kms, key(kms));
        EncryptionMaterials sealed = manager.getEncryptionMaterials(encryption());

        Map<String, String> kept = new HashMap<>(sealed.encryptionContext());
        kept.put("tenant", "south");

        assertThatExceptionOfType(S3EncryptionClientException.class)
                .as("refused by the library, which compares")
                .isThrownBy(
                        () -> manager.decryptMaterials(decryption(sealed, OTHER_CONTEXT, sealed.encryptionContext())));
        assertThatExceptionOfType(InvalidCiphertextException.class)
                .as("refused by Keyward, where what is kept with the object was changed too")
                .isThrownBy(() -> manager.decryptMaterials(decryption(sealed, OTHER_CONTEXT, kept)));
    }

    @ParameterizedTest
    @EnumSource
    void aDisabledKeyGivesNoDataKey(Door door, LocalKeyward keyward) {
        KmsClient kms = door.kms(keyward);
        String key = key(kms);
        CryptographicMaterialsManager manager = manager(kms, key);
        EncryptionMaterials sealed = manager.getEncryptionMaterials(encryption());

        kms.disableKey(request -> request.keyId(key));

        assertThatExceptionOfType(DisabledException.class)
                .isThrownBy(() -> manager.decryptMaterials(decryption(sealed, CONTEXT, sealed.encryptionContext())));
    }

    private static String key(KmsClient kms) {
        return kms.createKey().keyMetadata().arn();
    }

    private static CryptographicMaterialsManager manager(KmsClient kms, String key) {
        return DefaultCryptoMaterialsManager.builder()
                .keyring(KmsKeyring.builder().kmsClient(kms).wrappingKeyId(key).build())
                .build();
    }

    private static EncryptionMaterialsRequest encryption() {
        return EncryptionMaterialsRequest.builder()
                .s3Request(PutObjectRequest.builder()
                        .bucket("letters")
                        .key("first")
                        .build())
                .encryptionContext(CONTEXT)
                .encryptionAlgorithm(SUITE)
                .plaintextLength(1)
                .build();
    }

    /** @param kept the context as it would be read from the object's metadata */
    private static DecryptMaterialsRequest decryption(
            EncryptionMaterials sealed, Map<String, String> context, Map<String, String> kept) {
        return DecryptMaterialsRequest.builder()
                .s3Request(GetObjectRequest.builder()
                        .bucket("letters")
                        .key("first")
                        .overrideConfiguration(S3EncryptionClient.withAdditionalConfiguration(context))
                        .build())
                .algorithmSuite(SUITE)
                .encryptedDataKeys(sealed.encryptedDataKeys())
                .encryptionContext(kept)
                .ciphertextLength(sealed.getCiphertextLength())
                .build();
    }
}
