package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyMaterialState;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.lifecycle.Imports.ImportType;
import dev.keyward.lifecycle.Imports.Material;

/**
 * Which material a key takes. Its first one is as good as any other; a symmetric encryption key takes further ones that
 * wait for its rotation, one at a time; all others must be what the key has or had. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html">ImportKeyMaterial</a>
 */
final class ImportRules {
    private ImportRules() {}

    /**
     * Whether what is asked for can be asked of the key, before it is known which material it is.
     *
     * @throws KeywardException with {@link ErrorCode#UNSUPPORTED_OPERATION} or {@link ErrorCode#VALIDATION}
     */
    static void requireAskable(KeyRecord key, Material wanted) {
        boolean namesAMaterial =
                wanted.importType() != null || wanted.materialId() != null || wanted.description() != null;
        if (namesAMaterial && key.spec() != KeySpec.SYMMETRIC_DEFAULT) {
            throw new KeywardException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    ("ImportType, KeyMaterialId and KeyMaterialDescription are not supported for %s, "
                                    + "whose key spec is %s.")
                            .formatted(key.arn(), key.spec()));
        }
        if (wanted.importType() == ImportType.NEW_KEY_MATERIAL && wanted.materialId() != null) {
            throw new KeywardException(
                    ErrorCode.VALIDATION, "KeyMaterialId must not be set if the ImportType is NEW_KEY_MATERIAL");
        }
    }

    /**
     * Whether the key takes a material.
     *
     * @param id which one it is
     * @throws KeywardException with {@link ErrorCode#INCORRECT_KEY_MATERIAL}, or {@link ErrorCode#INVALID_STATE} if
     *     another one waits for the rotation
     */
    static void requireFitting(KeyRecord key, Material wanted, MaterialId id) {
        if (wanted.materialId() != null && !wanted.materialId().equals(id)) {
            throw incorrect(key);
        }
        switch (effectiveType(key, wanted)) {
            case NEW_KEY_MATERIAL -> requireNew(key, wanted, id);
            case EXISTING_KEY_MATERIAL -> {
                if (key.material(id).isEmpty()) {
                    throw incorrect(key);
                }
            }
        }
    }

    private static ImportType effectiveType(KeyRecord key, Material wanted) {
        ImportType absent =
                key.currentMaterial() == null ? ImportType.NEW_KEY_MATERIAL : ImportType.EXISTING_KEY_MATERIAL;
        return wanted.importType() == null ? absent : wanted.importType();
    }

    private static void requireNew(KeyRecord key, Material wanted, MaterialId id) {
        boolean isKnownAs = wanted.materialId() != null;
        boolean isAssociated = key.associatedMaterials().stream()
                .anyMatch(material -> material.id().equals(id));
        if (isKnownAs || isAssociated) {
            throw incorrect(key);
        }
        for (MaterialRecord material : key.materials()) {
            if (key.standing(material) == KeyMaterialState.PENDING_ROTATION
                    && !material.id().equals(id)) {
                throw new KeywardException(
                        ErrorCode.INVALID_STATE,
                        ("New key material (id: %s) cannot be imported into KMS key %s, "
                                        + "because another key material (id: %s) is pending rotation.")
                                .formatted(id, key.arn(), material.id()));
            }
        }
    }

    private static KeywardException incorrect(KeyRecord key) {
        return new KeywardException(
                ErrorCode.INCORRECT_KEY_MATERIAL,
                "The key material in the request is not the key material that was previously imported into %s."
                        .formatted(key.arn()));
    }
}
