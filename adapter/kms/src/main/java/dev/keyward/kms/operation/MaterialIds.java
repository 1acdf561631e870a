package dev.keyward.kms.operation;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import org.jspecify.annotations.Nullable;

/** The members that name a key material. */
final class MaterialIds {
    private MaterialIds() {}

    /** The id; null, which sends no member, where there is none to be named. */
    static @Nullable String shown(@Nullable MaterialId id) {
        return id == null ? null : id.hexadecimal();
    }

    /** The id of a key's material; null for keys other than symmetric encryption keys, whose materials AWS KMS does not name. */
    static @Nullable String shown(KeyRecord key, @Nullable MaterialId id) {
        return key.spec() == KeySpec.SYMMETRIC_DEFAULT ? shown(id) : null;
    }
}
