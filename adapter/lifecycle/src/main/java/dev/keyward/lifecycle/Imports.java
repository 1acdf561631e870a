package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.contract.WrappingKeyRecord;
import dev.keyward.lifecycle.Request.Call;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Imports material through the token: it is wrapped for a key that the token made, and unwrapped by the token.
 * Thread-safe.
 */
public final class Imports {
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(365);
    /** Too short, for OAEP, for the private keys of P-521. */
    private static final int SHORTEST_MODULUS_BITS = 2048;

    private final MetadataStore store;
    private final Token token;
    private final Materials materials;
    private final ExpiredMaterials expired;
    private final WrappingKeys wrappingKeys;
    private final ImportTokens importTokens;

    Imports(
            MetadataStore store,
            Token token,
            Materials materials,
            ExpiredMaterials expired,
            WrappingKeys wrappingKeys,
            ImportTokens importTokens) {
        this.store = store;
        this.token = token;
        this.materials = materials;
        this.expired = expired;
        this.wrappingKeys = wrappingKeys;
        this.importTokens = importTokens;
    }

    /**
     * What an import needs.
     *
     * @param importToken to be sent back with the material
     * @param publicKey what to wrap the material for, as the DER of a SubjectPublicKeyInfo
     * @param validTo when both end
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Parameters(byte[] importToken, byte[] publicKey, Instant validTo) {}

    /** Whether the bytes are meant to be those that the key has or had, or others. */
    public enum ImportType {
        NEW_KEY_MATERIAL,
        EXISTING_KEY_MATERIAL
    }

    /**
     * What is imported.
     *
     * @param importToken from {@link Parameters}
     * @param wrapped the wrapped material
     * @param expirationModel null for AWS KMS's default, {@link ExpirationModel#KEY_MATERIAL_EXPIRES}
     * @param validTo when the material expires; null for never
     * @param importType null to leave it to what the key has
     * @param materialId the material that the bytes are meant to be; null to leave it open
     * @param description of the material
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Material(
            byte[] importToken,
            byte[] wrapped,
            @Nullable ExpirationModel expirationModel,
            @Nullable Instant validTo,
            @Nullable ImportType importType,
            @Nullable MaterialId materialId,
            @Nullable String description) {
        @Override
        public String toString() {
            return "Material[wrapped]";
        }
    }

    /**
     * Makes a wrapping key in the token and a token that belongs to it.
     *
     * @throws KeywardException with {@link ErrorCode#UNSUPPORTED_OPERATION} if such material is not wrapped so
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED} if the token cannot unwrap it
     */
    public Parameters parameters(Call call, KeyRecord key, WrappingAlgorithm algorithm, int modulusBits) {
        requireUsable(key, algorithm, modulusBits);
        WrappingKeys.Made made = wrappingKeys.make(key, modulusBits, call.now());
        WrappingKeyRecord record = made.record();
        byte[] importToken =
                importTokens.seal(key, new ImportTokens.Content(record.id(), algorithm, record.expiresAt()));
        return new Parameters(importToken, made.publicKey(), record.expiresAt());
    }

    /**
     * Imports material. The same bytes again change only how long they are valid; other bytes than the key has or had
     * must be meant to be new ones.
     *
     * @return the id of the material
     */
    public MaterialId importMaterial(Call call, KeyRecord key, Material wanted) {
        ImportRules.requireAskable(key, wanted);
        ExpirationModel model = expirationModel(wanted, call.now());
        ImportTokens.Content content = importTokens.open(key, wanted.importToken(), call.now());
        WrappingKeyRecord wrappingKey =
                wrappingKeys.find(key, content.wrappingKeyId(), call.now()).orElseThrow(ImportTokens::expired);
        WrappedMaterial wrapped =
                new WrappedMaterial(wrappingKey.reference(), content.algorithm(), wanted.wrapped(), key.spec());
        MaterialId id = token.identify(wrapped, key.id());
        KeyRecord settled = settled(key, id, call.now());
        ImportRules.requireFitting(settled, wanted, id);
        call.details().put("keyMaterialId", id.hexadecimal());

        MaterialRecord known = settled.material(id).orElse(null);
        if (known != null && known.presence() == MaterialPresence.PRESENT) {
            UnwrapPlace place = known.unwrapPlace();
            recordPlace(call, place == null ? token.unwrapPlace(content.algorithm(), key.spec()) : place);
            store.updateKey(settled.toBuilder()
                    .material(facts(known, known.reference(), known.presence(), model, wanted, call.now(), place))
                    .enabled(true)
                    .build());
            return id;
        }
        MaterialReference reference = materials.reference(key, id, materials.randomId());
        MaterialRecord planned = facts(
                known == null ? MaterialRecord.creating(id, reference, call.now()) : known,
                reference,
                MaterialPresence.CREATING,
                model,
                wanted,
                call.now(),
                token.unwrapPlace(content.algorithm(), key.spec()));
        materials.importInto(settled, planned, call.now(), () -> {
            UnwrapPlace actual = token.unwrap(wrapped, key.usage(), planned.reference());
            recordPlace(call, actual);
        });
        return id;
    }

    /** The key with nothing half done, nothing expired, and no row of that material that the token does not bear out. */
    private KeyRecord settled(KeyRecord key, MaterialId id, Instant now) {
        KeyRecord settled = expired.remove(materials.clearUnfinishedImports(key, now), now);
        return settled.material(id)
                .filter(known -> known.presence() == MaterialPresence.PRESENT && !token.holds(known.reference()))
                .map(lost -> materials.destroyImported(settled, lost, now))
                .orElse(settled);
    }

    /**
     * Deletes imported material, if it is there.
     *
     * @param wanted which one; null for the current one
     * @return the id of the material that was deleted; null if there was nothing to delete
     */
    public @Nullable MaterialId deleteMaterial(Call call, KeyRecord key, @Nullable MaterialId wanted) {
        if (wanted != null && key.material(wanted).isEmpty()) {
            throw new KeywardException(
                    ErrorCode.NOT_FOUND, "Key material '%s' is not associated with %s".formatted(wanted, key.arn()));
        }
        MaterialRecord material = (wanted == null ? key.current() : key.material(wanted))
                .filter(named -> named.presence() == MaterialPresence.PRESENT)
                .orElse(null);
        if (material == null) {
            return null;
        }
        materials.destroyImported(key, material, call.now());
        return material.id();
    }

    private void requireUsable(KeyRecord key, WrappingAlgorithm algorithm, int modulusBits) {
        if (!key.spec().wrappingAlgorithms().contains(algorithm)) {
            throw new KeywardException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "WrappingAlgorithm %s is not supported for key spec %s.".formatted(algorithm, key.spec()));
        }
        if (key.spec() == KeySpec.ECC_NIST_P521 && !algorithm.viaAesKey() && modulusBits == SHORTEST_MODULUS_BITS) {
            throw new KeywardException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "WrappingAlgorithm %s with WrappingKeySpec RSA_%d is not supported for key spec %s."
                            .formatted(algorithm, modulusBits, key.spec()));
        }
        var _ = token.unwrapPlace(algorithm, key.spec());
    }

    private static void recordPlace(Call call, UnwrapPlace place) {
        call.details().put("unwrappedIn", place.name());
    }

    private static MaterialRecord facts(
            MaterialRecord material,
            MaterialReference reference,
            MaterialPresence presence,
            ExpirationModel model,
            Material wanted,
            Instant now,
            @Nullable UnwrapPlace place) {
        return new MaterialRecord(
                material.id(),
                reference,
                presence,
                material.createdAt(),
                now,
                material.rotationType(),
                material.rotatedAt(),
                model,
                wanted.validTo(),
                wanted.description() == null ? material.description() : wanted.description(),
                place,
                material.encryptionsLeased());
    }

    private static ExpirationModel expirationModel(Material wanted, Instant now) {
        ExpirationModel model =
                wanted.expirationModel() == null ? ExpirationModel.KEY_MATERIAL_EXPIRES : wanted.expirationModel();
        Instant validTo = wanted.validTo();
        switch (model) {
            case KEY_MATERIAL_EXPIRES -> {
                if (validTo == null) {
                    throw invalid("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
                }
                if (!validTo.isAfter(now)) {
                    throw invalid("The validTo date must be in the future");
                }
                if (validTo.isAfter(now.plus(LONGEST_VALIDITY))) {
                    throw invalid("The validTo date must be at most 365 days in the future");
                }
            }
            case KEY_MATERIAL_DOES_NOT_EXPIRE -> {
                if (validTo != null) {
                    throw invalid(
                            "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE");
                }
            }
        }
        return model;
    }

    private static KeywardException invalid(String message) {
        return new KeywardException(ErrorCode.VALIDATION, message);
    }
}
