package dev.keyward.pkcs11.session;

/**
 * What a token says of itself (CK_TOKEN_INFO). Immutable and thread-safe.
 *
 * @param slot the number of the slot it is in now
 * @param flags the CKF_ bits
 * @param hardwareVersion major and minor
 * @param firmwareVersion major and minor
 */
public record TokenDescription(
        long slot,
        String label,
        String manufacturer,
        String model,
        String serialNumber,
        long flags,
        String hardwareVersion,
        String firmwareVersion) {
    private static final long LOGIN_REQUIRED = 0x4;
    private static final long USER_PIN_INITIALIZED = 0x8;
    private static final long TOKEN_INITIALIZED = 0x400;
    private static final long USER_PIN_LOCKED = 0x40000;

    public boolean isInitialized() {
        return (flags & TOKEN_INITIALIZED) != 0;
    }

    public boolean requiresLogin() {
        return (flags & LOGIN_REQUIRED) != 0;
    }

    public boolean hasUserPin() {
        return (flags & USER_PIN_INITIALIZED) != 0;
    }

    public boolean isUserPinLocked() {
        return (flags & USER_PIN_LOCKED) != 0;
    }

    @Override
    public String toString() {
        return "label '" + label + "', serial number '" + serialNumber + "', model '" + model + "', manufacturer '"
                + manufacturer + "'";
    }
}
