package dev.keyward.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store keeps it: facts only. How it stands is derived from them and the time, never stored. Immutable and
 * thread-safe.
 *
 * @param scope its account and Region
 * @param id its id
 * @param spec what it is
 * @param usage what it is for
 * @param origin where its material comes from
 * @param description its description, empty for none
 * @param policy the key policy, as it was given
 * @param policyPrincipals the unique ids of the users and roles that the policy names, by ARN, as they were when it was put
 * @param createdAt when it was created
 * @param enabled whether it is switched on
 * @param deletionDate when it will be gone; null unless its deletion is scheduled
 * @param deletionWindowDays the waiting period that was asked for; null unless its deletion is scheduled
 * @param rotationPeriodDays how often it rotates by itself; null for never
 * @param nextRotationDate when it will next rotate by itself; null for never
 * @param currentMaterial what it encrypts with; kept when imported material is deleted; null before there was any
 * @param materials all of its materials, oldest first
 * @param tags its tags, in the order in which their keys were first given
 * @param version counts its changes, from 1; the store compares and sets it
 */
public record KeyRecord(
        Scope scope,
        KeyId id,
        KeySpec spec,
        KeyUsage usage,
        Origin origin,
        String description,
        String policy,
        Map<String, String> policyPrincipals,
        Instant createdAt,
        boolean enabled,
        @Nullable Instant deletionDate,
        @Nullable Integer deletionWindowDays,
        @Nullable Integer rotationPeriodDays,
        @Nullable Instant nextRotationDate,
        @Nullable MaterialId currentMaterial,
        List<MaterialRecord> materials,
        SequencedMap<String, String> tags,
        long version) {

    /** Copies the collections. */
    public KeyRecord {
        policyPrincipals = Map.copyOf(policyPrincipals);
        materials = List.copyOf(materials);
        tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }

    /** The key's ARN. */
    public String arn() {
        return id.arn(scope);
    }

    /** The material of that id, whether or not it is present. */
    public Optional<MaterialRecord> material(MaterialId wanted) {
        for (MaterialRecord material : materials) {
            if (material.id().equals(wanted)) {
                return Optional.of(material);
            }
        }
        return Optional.empty();
    }

    /** The material that it encrypts with. */
    public Optional<MaterialRecord> current() {
        return currentMaterial == null ? Optional.empty() : material(currentMaterial);
    }

    /** How one of its materials stands to it. The first one is current from when it is there. */
    public KeyMaterialState standing(MaterialRecord material) {
        if (material.id().equals(currentMaterial)) {
            return KeyMaterialState.CURRENT;
        }
        boolean wasFirst = currentMaterial != null
                && material.id().equals(materials.getFirst().id());
        return wasFirst || material.rotatedAt() != null
                ? KeyMaterialState.NON_CURRENT
                : KeyMaterialState.PENDING_ROTATION;
    }

    /** The materials that it stands or falls with, oldest first: all that are or were current. */
    public List<MaterialRecord> associatedMaterials() {
        return materials.stream()
                .filter(material -> standing(material) != KeyMaterialState.PENDING_ROTATION)
                .toList();
    }

    /** The imported material that waits for its rotation, if it can be used at {@code now}. */
    public Optional<MaterialRecord> pendingRotation(Instant now) {
        return materials.stream()
                .filter(material -> standing(material) == KeyMaterialState.PENDING_ROTATION)
                .filter(material -> material.isUsable(now))
                .findFirst();
    }

    /** Whether it has ever been whole: before its first material is made, a generated key exists for nobody. */
    public boolean isVisible() {
        return origin == Origin.EXTERNAL || currentMaterial != null;
    }

    /** A builder that starts as a copy of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** A builder for a new key, enabled, at version 1, with nothing optional. */
    public static Builder builder(Scope scope, KeyId id) {
        return new Builder(scope, id);
    }

    /** Changes some facts and keeps the rest. Not thread-safe. */
    public static final class Builder {
        private final Scope scope;
        private final KeyId id;
        private KeySpec spec = KeySpec.SYMMETRIC_DEFAULT;
        private KeyUsage usage = KeyUsage.ENCRYPT_DECRYPT;
        private Origin origin = Origin.AWS_KMS;
        private String description = "";
        private String policy = "";
        private Map<String, String> policyPrincipals = Map.of();
        private Instant createdAt = Instant.EPOCH;
        private boolean enabled = true;
        private @Nullable Instant deletionDate;
        private @Nullable Integer deletionWindowDays;
        private @Nullable Integer rotationPeriodDays;
        private @Nullable Instant nextRotationDate;
        private @Nullable MaterialId currentMaterial;
        private List<MaterialRecord> materials = new ArrayList<>();
        private SequencedMap<String, String> tags = new LinkedHashMap<>();
        private long version = 1;

        private Builder(Scope scope, KeyId id) {
            this.scope = scope;
            this.id = id;
        }

        private Builder(KeyRecord key) {
            this(key.scope, key.id);
            spec = key.spec;
            usage = key.usage;
            origin = key.origin;
            description = key.description;
            policy = key.policy;
            policyPrincipals = key.policyPrincipals;
            createdAt = key.createdAt;
            enabled = key.enabled;
            deletionDate = key.deletionDate;
            deletionWindowDays = key.deletionWindowDays;
            rotationPeriodDays = key.rotationPeriodDays;
            nextRotationDate = key.nextRotationDate;
            currentMaterial = key.currentMaterial;
            materials = new ArrayList<>(key.materials);
            tags = new LinkedHashMap<>(key.tags);
            version = key.version;
        }

        public Builder spec(KeySpec value) {
            spec = value;
            return this;
        }

        public Builder usage(KeyUsage value) {
            usage = value;
            return this;
        }

        public Builder origin(Origin value) {
            origin = value;
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder policy(String value) {
            return policy(value, Map.of());
        }

        /** A policy, with the unique ids of whom it names. */
        public Builder policy(String value, Map<String, String> principals) {
            policy = value;
            policyPrincipals = principals;
            return this;
        }

        public Builder createdAt(Instant value) {
            createdAt = value;
            return this;
        }

        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** Schedules the deletion. */
        public Builder deletion(Instant date, int windowDays) {
            deletionDate = date;
            deletionWindowDays = windowDays;
            return this;
        }

        /** Takes a scheduled deletion back. */
        public Builder noDeletion() {
            deletionDate = null;
            deletionWindowDays = null;
            return this;
        }

        /** Rotates every {@code periodDays}, next at {@code next}. */
        public Builder rotation(int periodDays, Instant next) {
            rotationPeriodDays = periodDays;
            nextRotationDate = next;
            return this;
        }

        /** Does not rotate by itself. */
        public Builder noRotation() {
            rotationPeriodDays = null;
            nextRotationDate = null;
            return this;
        }

        public Builder currentMaterial(@Nullable MaterialId value) {
            currentMaterial = value;
            return this;
        }

        /** Adds a material, or puts it in the place of the one with the same id. */
        public Builder material(MaterialRecord value) {
            for (int i = 0; i < materials.size(); i++) {
                if (materials.get(i).id().equals(value.id())) {
                    materials.set(i, value);
                    return this;
                }
            }
            materials.add(value);
            return this;
        }

        /** Takes a material's row away. */
        public Builder withoutMaterial(MaterialId value) {
            materials.removeIf(material -> material.id().equals(value));
            return this;
        }

        public Builder materials(List<MaterialRecord> value) {
            materials = new ArrayList<>(value);
            return this;
        }

        public Builder tags(Map<String, String> value) {
            tags = new LinkedHashMap<>(value);
            return this;
        }

        public Builder version(long value) {
            version = value;
            return this;
        }

        public KeyRecord build() {
            return new KeyRecord(
                    scope,
                    id,
                    spec,
                    usage,
                    origin,
                    description,
                    policy,
                    policyPrincipals,
                    createdAt,
                    enabled,
                    deletionDate,
                    deletionWindowDays,
                    rotationPeriodDays,
                    nextRotationDate,
                    currentMaterial,
                    materials,
                    tags,
                    version);
        }
    }
}
