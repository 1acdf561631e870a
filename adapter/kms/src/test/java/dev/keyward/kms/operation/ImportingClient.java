package dev.keyward.kms.operation;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportType;

/** Imports material into one key, all with the same parameters. */
final class ImportingClient {
    private final KmsClient kms;
    private final String key;
    private final GetParametersForImportResponse parameters;

    ImportingClient(KmsClient kms, String key) {
        this.kms = kms;
        this.key = key;
        this.parameters = kms.getParametersForImport(request ->
                request.keyId(key).wrappingAlgorithm("RSAES_OAEP_SHA_256").wrappingKeySpec("RSA_2048"));
    }

    /** A request to import material that does not expire. */
    ImportKeyMaterialRequest.Builder request(byte[] material) {
        return ImportKeyMaterialRequest.builder()
                .keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped(material))
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
    }

    /** Imports what the key has or had, or its first material, and gives its id. */
    String importMaterial(byte[] material) {
        return kms.importKeyMaterial(request(material).build()).keyMaterialId();
    }

    /** Imports a further material, and gives its id. */
    String importNew(byte[] material) {
        return kms.importKeyMaterial(request(material)
                        .importType(ImportType.NEW_KEY_MATERIAL)
                        .build())
                .keyMaterialId();
    }

    private SdkBytes wrapped(byte[] material) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new X509EncodedKeySpec(
                                    parameters.publicKey().asByteArray())),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return SdkBytes.fromByteArray(cipher.doFinal(material));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
