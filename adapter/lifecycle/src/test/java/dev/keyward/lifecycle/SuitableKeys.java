package dev.keyward.lifecycle;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;

/** Keys that operations work on. */
final class SuitableKeys {
    private SuitableKeys() {}

    /** A key that meets a requirement. */
    static KeyRecord.Builder of(KeyRequirement requirement) {
        return switch (requirement) {
            case ANY, ENCRYPTS, ENCRYPTS_SYMMETRICALLY, ROTATES, ROTATES_ON_DEMAND ->
                of(KeySpec.SYMMETRIC_DEFAULT, KeyUsage.ENCRYPT_DECRYPT);
            case SIGNS, HAS_PUBLIC_KEY -> of(KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY);
            case AGREES -> of(KeySpec.ECC_NIST_P256, KeyUsage.KEY_AGREEMENT);
            case COMPUTES_MACS -> of(KeySpec.HMAC_256, KeyUsage.GENERATE_VERIFY_MAC);
        };
    }

    /** A key of a spec for a usage. */
    static KeyRecord.Builder of(KeySpec spec, KeyUsage usage) {
        return KeyRecord.builder(Fixture.SCOPE, KeyId.random()).spec(spec).usage(usage);
    }
}
