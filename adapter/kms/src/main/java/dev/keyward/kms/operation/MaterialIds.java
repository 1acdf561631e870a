package dev.keyward.kms.operation;

import dev.keyward.contract.MaterialId;
import org.jspecify.annotations.Nullable;

/** The members that name a key material. */
final class MaterialIds {
    private MaterialIds() {}

    /** The id; null, which sends no member, where there is none to be named. */
    static @Nullable String shown(@Nullable MaterialId id) {
        return id == null ? null : id.hexadecimal();
    }
}
