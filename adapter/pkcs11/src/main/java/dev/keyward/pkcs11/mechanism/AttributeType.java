package dev.keyward.pkcs11.mechanism;

import java.util.HashMap;
import java.util.Map;

/**
 * The type of an attribute. A vendor's own has a number and no name. Immutable and thread-safe.
 *
 * @param code the CK_ATTRIBUTE_TYPE
 */
public record AttributeType(long code) {
    private static final Map<Long, String> NAMES = new HashMap<>();
    private static final Map<String, AttributeType> TYPES = new HashMap<>();

    public static final AttributeType CLASS = named(0x0, "CKA_CLASS");
    public static final AttributeType TOKEN = named(0x1, "CKA_TOKEN");
    public static final AttributeType PRIVATE = named(0x2, "CKA_PRIVATE");
    public static final AttributeType LABEL = named(0x3, "CKA_LABEL");
    public static final AttributeType VALUE = named(0x11, "CKA_VALUE");
    public static final AttributeType CERTIFICATE_TYPE = named(0x80, "CKA_CERTIFICATE_TYPE");
    public static final AttributeType ISSUER = named(0x81, "CKA_ISSUER");
    public static final AttributeType SERIAL_NUMBER = named(0x82, "CKA_SERIAL_NUMBER");
    public static final AttributeType TRUSTED = named(0x86, "CKA_TRUSTED");
    public static final AttributeType KEY_TYPE = named(0x100, "CKA_KEY_TYPE");
    public static final AttributeType SUBJECT = named(0x101, "CKA_SUBJECT");
    public static final AttributeType ID = named(0x102, "CKA_ID");
    public static final AttributeType SENSITIVE = named(0x103, "CKA_SENSITIVE");
    public static final AttributeType ENCRYPT = named(0x104, "CKA_ENCRYPT");
    public static final AttributeType DECRYPT = named(0x105, "CKA_DECRYPT");
    public static final AttributeType WRAP = named(0x106, "CKA_WRAP");
    public static final AttributeType UNWRAP = named(0x107, "CKA_UNWRAP");
    public static final AttributeType SIGN = named(0x108, "CKA_SIGN");
    public static final AttributeType SIGN_RECOVER = named(0x109, "CKA_SIGN_RECOVER");
    public static final AttributeType VERIFY = named(0x10A, "CKA_VERIFY");
    public static final AttributeType VERIFY_RECOVER = named(0x10B, "CKA_VERIFY_RECOVER");
    public static final AttributeType DERIVE = named(0x10C, "CKA_DERIVE");
    public static final AttributeType MODULUS = named(0x120, "CKA_MODULUS");
    public static final AttributeType MODULUS_BITS = named(0x121, "CKA_MODULUS_BITS");
    public static final AttributeType PUBLIC_EXPONENT = named(0x122, "CKA_PUBLIC_EXPONENT");
    public static final AttributeType VALUE_LEN = named(0x161, "CKA_VALUE_LEN");
    public static final AttributeType EC_PARAMS = named(0x180, "CKA_EC_PARAMS");
    public static final AttributeType EC_POINT = named(0x181, "CKA_EC_POINT");
    public static final AttributeType EXTRACTABLE = named(0x162, "CKA_EXTRACTABLE");
    public static final AttributeType LOCAL = named(0x163, "CKA_LOCAL");
    public static final AttributeType NEVER_EXTRACTABLE = named(0x164, "CKA_NEVER_EXTRACTABLE");
    public static final AttributeType ALWAYS_SENSITIVE = named(0x165, "CKA_ALWAYS_SENSITIVE");
    public static final AttributeType MODIFIABLE = named(0x170, "CKA_MODIFIABLE");
    public static final AttributeType COPYABLE = named(0x171, "CKA_COPYABLE");
    public static final AttributeType DESTROYABLE = named(0x172, "CKA_DESTROYABLE");
    public static final AttributeType ALWAYS_AUTHENTICATE = named(0x202, "CKA_ALWAYS_AUTHENTICATE");
    public static final AttributeType WRAP_WITH_TRUSTED = named(0x210, "CKA_WRAP_WITH_TRUSTED");
    public static final AttributeType WRAP_TEMPLATE = named(0x40000211, "CKA_WRAP_TEMPLATE");
    public static final AttributeType UNWRAP_TEMPLATE = named(0x40000212, "CKA_UNWRAP_TEMPLATE");
    public static final AttributeType DERIVE_TEMPLATE = named(0x40000213, "CKA_DERIVE_TEMPLATE");
    public static final AttributeType ALLOWED_MECHANISMS = named(0x40000600, "CKA_ALLOWED_MECHANISMS");

    private static AttributeType named(long code, String name) {
        AttributeType type = new AttributeType(code);
        NAMES.put(code, name);
        TYPES.put(name, type);
        return type;
    }

    /**
     * Reads a type from its name, {@code CKA_...}, or its number in hexadecimal, {@code 0x...}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static AttributeType parse(String text) {
        AttributeType type = TYPES.get(text);
        if (type != null) {
            return type;
        }
        if (text.matches("0x[0-9A-Fa-f]{1,16}")) {
            return new AttributeType(Long.parseUnsignedLong(text.substring(2), 16));
        }
        throw new IllegalArgumentException(text + " is no attribute known here, nor a number like 0x80000001");
    }

    @Override
    public String toString() {
        String name = NAMES.get(code);
        return name != null ? name : "CKA_0x" + Long.toHexString(code);
    }
}
