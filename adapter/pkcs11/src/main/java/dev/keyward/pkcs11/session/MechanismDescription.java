package dev.keyward.pkcs11.session;

import dev.keyward.pkcs11.mechanism.MechanismType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a token says of one of its mechanisms (CK_MECHANISM_INFO). Immutable and thread-safe.
 *
 * @param code the CK_MECHANISM_TYPE
 * @param minimumKeySize in bits or bytes, as the mechanism counts
 * @param maximumKeySize in bits or bytes, as the mechanism counts
 * @param flags the CKF_ bits
 */
public record MechanismDescription(long code, long minimumKeySize, long maximumKeySize, long flags) {
    private enum Use {
        HARDWARE(0x1),
        ENCRYPT(0x100),
        DECRYPT(0x200),
        DIGEST(0x400),
        SIGN(0x800),
        VERIFY(0x2000),
        GENERATE(0x8000),
        GENERATE_KEY_PAIR(0x10000),
        WRAP(0x20000),
        UNWRAP(0x40000),
        DERIVE(0x80000);

        private final long flag;

        Use(long flag) {
            this.flag = flag;
        }
    }

    /** Its name in the standard, or its number. */
    public String name() {
        return MechanismType.nameOf(code);
    }

    /** What it may be used for, in words. */
    public List<String> uses() {
        List<String> uses = new ArrayList<>();
        for (Use use : Use.values()) {
            if ((flags & use.flag) != 0) {
                uses.add(use.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        return uses;
    }
}
