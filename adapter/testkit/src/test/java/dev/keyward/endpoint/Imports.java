package dev.keyward.endpoint;

import dev.keyward.conformance.token.Wrapping;
import dev.keyward.contract.WrappingAlgorithm;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/** Imports, as a client makes them. */
final class Imports {
    private Imports() {}

    /** Imports material that does not expire. */
    static void importMaterial(KmsClient kms, String keyId, byte[] material) {
        kms.importKeyMaterial(request(kms, keyId, material)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                .build());
    }

    /** Gets parameters for an import and makes the request out of them, but for when the material expires. */
    static ImportKeyMaterialRequest.Builder request(KmsClient kms, String keyId, byte[] material) {
        return request(kms, keyId, material, WrappingAlgorithm.RSAES_OAEP_SHA_256);
    }

    /** The same with another wrapping algorithm. */
    static ImportKeyMaterialRequest.Builder request(
            KmsClient kms, String keyId, byte[] material, WrappingAlgorithm algorithm) {
        GetParametersForImportResponse parameters = kms.getParametersForImport(request -> request.keyId(keyId)
                .wrappingAlgorithm(AlgorithmSpec.fromValue(algorithm.name()))
                .wrappingKeySpec(WrappingKeySpec.RSA_2048));
        byte[] wrapped = Wrapping.wrap(algorithm, parameters.publicKey().asByteArray(), material);
        return ImportKeyMaterialRequest.builder()
                .keyId(keyId)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped));
    }
}
