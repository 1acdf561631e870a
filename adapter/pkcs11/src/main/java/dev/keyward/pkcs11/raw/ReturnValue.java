package dev.keyward.pkcs11.raw;

import java.util.HashMap;
import java.util.Map;

/**
 * What a PKCS#11 function answered (PKCS#11 3.0, section 5.1.6). A token may answer a number that has no name here.
 * Immutable and thread-safe.
 *
 * @param code the CK_RV
 */
public record ReturnValue(long code) {
    private static final Map<Long, String> NAMES = new HashMap<>();

    public static final ReturnValue OK = named(0x0, "CKR_OK");
    public static final ReturnValue CANCEL = named(0x1, "CKR_CANCEL");
    public static final ReturnValue HOST_MEMORY = named(0x2, "CKR_HOST_MEMORY");
    public static final ReturnValue SLOT_ID_INVALID = named(0x3, "CKR_SLOT_ID_INVALID");
    public static final ReturnValue GENERAL_ERROR = named(0x5, "CKR_GENERAL_ERROR");
    public static final ReturnValue FUNCTION_FAILED = named(0x6, "CKR_FUNCTION_FAILED");
    public static final ReturnValue ARGUMENTS_BAD = named(0x7, "CKR_ARGUMENTS_BAD");
    public static final ReturnValue NO_EVENT = named(0x8, "CKR_NO_EVENT");
    public static final ReturnValue NEED_TO_CREATE_THREADS = named(0x9, "CKR_NEED_TO_CREATE_THREADS");
    public static final ReturnValue CANT_LOCK = named(0xA, "CKR_CANT_LOCK");
    public static final ReturnValue ATTRIBUTE_READ_ONLY = named(0x10, "CKR_ATTRIBUTE_READ_ONLY");
    public static final ReturnValue ATTRIBUTE_SENSITIVE = named(0x11, "CKR_ATTRIBUTE_SENSITIVE");
    public static final ReturnValue ATTRIBUTE_TYPE_INVALID = named(0x12, "CKR_ATTRIBUTE_TYPE_INVALID");
    public static final ReturnValue ATTRIBUTE_VALUE_INVALID = named(0x13, "CKR_ATTRIBUTE_VALUE_INVALID");
    public static final ReturnValue ACTION_PROHIBITED = named(0x1B, "CKR_ACTION_PROHIBITED");
    public static final ReturnValue DATA_INVALID = named(0x20, "CKR_DATA_INVALID");
    public static final ReturnValue DATA_LEN_RANGE = named(0x21, "CKR_DATA_LEN_RANGE");
    public static final ReturnValue DEVICE_ERROR = named(0x30, "CKR_DEVICE_ERROR");
    public static final ReturnValue DEVICE_MEMORY = named(0x31, "CKR_DEVICE_MEMORY");
    public static final ReturnValue DEVICE_REMOVED = named(0x32, "CKR_DEVICE_REMOVED");
    public static final ReturnValue ENCRYPTED_DATA_INVALID = named(0x40, "CKR_ENCRYPTED_DATA_INVALID");
    public static final ReturnValue ENCRYPTED_DATA_LEN_RANGE = named(0x41, "CKR_ENCRYPTED_DATA_LEN_RANGE");
    public static final ReturnValue FUNCTION_CANCELED = named(0x50, "CKR_FUNCTION_CANCELED");
    public static final ReturnValue FUNCTION_NOT_PARALLEL = named(0x51, "CKR_FUNCTION_NOT_PARALLEL");
    public static final ReturnValue FUNCTION_NOT_SUPPORTED = named(0x54, "CKR_FUNCTION_NOT_SUPPORTED");
    public static final ReturnValue KEY_HANDLE_INVALID = named(0x60, "CKR_KEY_HANDLE_INVALID");
    public static final ReturnValue KEY_SIZE_RANGE = named(0x62, "CKR_KEY_SIZE_RANGE");
    public static final ReturnValue KEY_TYPE_INCONSISTENT = named(0x63, "CKR_KEY_TYPE_INCONSISTENT");
    public static final ReturnValue KEY_NOT_NEEDED = named(0x64, "CKR_KEY_NOT_NEEDED");
    public static final ReturnValue KEY_CHANGED = named(0x65, "CKR_KEY_CHANGED");
    public static final ReturnValue KEY_NEEDED = named(0x66, "CKR_KEY_NEEDED");
    public static final ReturnValue KEY_INDIGESTIBLE = named(0x67, "CKR_KEY_INDIGESTIBLE");
    public static final ReturnValue KEY_FUNCTION_NOT_PERMITTED = named(0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED");
    public static final ReturnValue KEY_NOT_WRAPPABLE = named(0x69, "CKR_KEY_NOT_WRAPPABLE");
    public static final ReturnValue KEY_UNEXTRACTABLE = named(0x6A, "CKR_KEY_UNEXTRACTABLE");
    public static final ReturnValue MECHANISM_INVALID = named(0x70, "CKR_MECHANISM_INVALID");
    public static final ReturnValue MECHANISM_PARAM_INVALID = named(0x71, "CKR_MECHANISM_PARAM_INVALID");
    public static final ReturnValue OBJECT_HANDLE_INVALID = named(0x82, "CKR_OBJECT_HANDLE_INVALID");
    public static final ReturnValue OPERATION_ACTIVE = named(0x90, "CKR_OPERATION_ACTIVE");
    public static final ReturnValue OPERATION_NOT_INITIALIZED = named(0x91, "CKR_OPERATION_NOT_INITIALIZED");
    public static final ReturnValue PIN_INCORRECT = named(0xA0, "CKR_PIN_INCORRECT");
    public static final ReturnValue PIN_INVALID = named(0xA1, "CKR_PIN_INVALID");
    public static final ReturnValue PIN_LEN_RANGE = named(0xA2, "CKR_PIN_LEN_RANGE");
    public static final ReturnValue PIN_EXPIRED = named(0xA3, "CKR_PIN_EXPIRED");
    public static final ReturnValue PIN_LOCKED = named(0xA4, "CKR_PIN_LOCKED");
    public static final ReturnValue SESSION_CLOSED = named(0xB0, "CKR_SESSION_CLOSED");
    public static final ReturnValue SESSION_COUNT = named(0xB1, "CKR_SESSION_COUNT");
    public static final ReturnValue SESSION_HANDLE_INVALID = named(0xB3, "CKR_SESSION_HANDLE_INVALID");
    public static final ReturnValue SESSION_PARALLEL_NOT_SUPPORTED = named(0xB4, "CKR_SESSION_PARALLEL_NOT_SUPPORTED");
    public static final ReturnValue SESSION_READ_ONLY = named(0xB5, "CKR_SESSION_READ_ONLY");
    public static final ReturnValue SESSION_EXISTS = named(0xB6, "CKR_SESSION_EXISTS");
    public static final ReturnValue SESSION_READ_ONLY_EXISTS = named(0xB7, "CKR_SESSION_READ_ONLY_EXISTS");
    public static final ReturnValue SESSION_READ_WRITE_SO_EXISTS = named(0xB8, "CKR_SESSION_READ_WRITE_SO_EXISTS");
    public static final ReturnValue SIGNATURE_INVALID = named(0xC0, "CKR_SIGNATURE_INVALID");
    public static final ReturnValue SIGNATURE_LEN_RANGE = named(0xC1, "CKR_SIGNATURE_LEN_RANGE");
    public static final ReturnValue TEMPLATE_INCOMPLETE = named(0xD0, "CKR_TEMPLATE_INCOMPLETE");
    public static final ReturnValue TEMPLATE_INCONSISTENT = named(0xD1, "CKR_TEMPLATE_INCONSISTENT");
    public static final ReturnValue TOKEN_NOT_PRESENT = named(0xE0, "CKR_TOKEN_NOT_PRESENT");
    public static final ReturnValue TOKEN_NOT_RECOGNIZED = named(0xE1, "CKR_TOKEN_NOT_RECOGNIZED");
    public static final ReturnValue TOKEN_WRITE_PROTECTED = named(0xE2, "CKR_TOKEN_WRITE_PROTECTED");
    public static final ReturnValue UNWRAPPING_KEY_HANDLE_INVALID = named(0xF0, "CKR_UNWRAPPING_KEY_HANDLE_INVALID");
    public static final ReturnValue UNWRAPPING_KEY_SIZE_RANGE = named(0xF1, "CKR_UNWRAPPING_KEY_SIZE_RANGE");
    public static final ReturnValue UNWRAPPING_KEY_TYPE_INCONSISTENT =
            named(0xF2, "CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT");
    public static final ReturnValue USER_ALREADY_LOGGED_IN = named(0x100, "CKR_USER_ALREADY_LOGGED_IN");
    public static final ReturnValue USER_NOT_LOGGED_IN = named(0x101, "CKR_USER_NOT_LOGGED_IN");
    public static final ReturnValue USER_PIN_NOT_INITIALIZED = named(0x102, "CKR_USER_PIN_NOT_INITIALIZED");
    public static final ReturnValue USER_TYPE_INVALID = named(0x103, "CKR_USER_TYPE_INVALID");
    public static final ReturnValue USER_ANOTHER_ALREADY_LOGGED_IN = named(0x104, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN");
    public static final ReturnValue USER_TOO_MANY_TYPES = named(0x105, "CKR_USER_TOO_MANY_TYPES");
    public static final ReturnValue WRAPPED_KEY_INVALID = named(0x110, "CKR_WRAPPED_KEY_INVALID");
    public static final ReturnValue WRAPPED_KEY_LEN_RANGE = named(0x112, "CKR_WRAPPED_KEY_LEN_RANGE");
    public static final ReturnValue WRAPPING_KEY_HANDLE_INVALID = named(0x113, "CKR_WRAPPING_KEY_HANDLE_INVALID");
    public static final ReturnValue WRAPPING_KEY_SIZE_RANGE = named(0x114, "CKR_WRAPPING_KEY_SIZE_RANGE");
    public static final ReturnValue WRAPPING_KEY_TYPE_INCONSISTENT = named(0x115, "CKR_WRAPPING_KEY_TYPE_INCONSISTENT");
    public static final ReturnValue RANDOM_SEED_NOT_SUPPORTED = named(0x120, "CKR_RANDOM_SEED_NOT_SUPPORTED");
    public static final ReturnValue RANDOM_NO_RNG = named(0x121, "CKR_RANDOM_NO_RNG");
    public static final ReturnValue DOMAIN_PARAMS_INVALID = named(0x130, "CKR_DOMAIN_PARAMS_INVALID");
    public static final ReturnValue CURVE_NOT_SUPPORTED = named(0x140, "CKR_CURVE_NOT_SUPPORTED");
    public static final ReturnValue BUFFER_TOO_SMALL = named(0x150, "CKR_BUFFER_TOO_SMALL");
    public static final ReturnValue SAVED_STATE_INVALID = named(0x160, "CKR_SAVED_STATE_INVALID");
    public static final ReturnValue INFORMATION_SENSITIVE = named(0x170, "CKR_INFORMATION_SENSITIVE");
    public static final ReturnValue STATE_UNSAVEABLE = named(0x180, "CKR_STATE_UNSAVEABLE");
    public static final ReturnValue CRYPTOKI_NOT_INITIALIZED = named(0x190, "CKR_CRYPTOKI_NOT_INITIALIZED");
    public static final ReturnValue CRYPTOKI_ALREADY_INITIALIZED = named(0x191, "CKR_CRYPTOKI_ALREADY_INITIALIZED");
    public static final ReturnValue MUTEX_BAD = named(0x1A0, "CKR_MUTEX_BAD");
    public static final ReturnValue MUTEX_NOT_LOCKED = named(0x1A1, "CKR_MUTEX_NOT_LOCKED");
    public static final ReturnValue NEW_PIN_MODE = named(0x1B0, "CKR_NEW_PIN_MODE");
    public static final ReturnValue NEXT_OTP = named(0x1B1, "CKR_NEXT_OTP");
    public static final ReturnValue EXCEEDED_MAX_ITERATIONS = named(0x1B5, "CKR_EXCEEDED_MAX_ITERATIONS");
    public static final ReturnValue FIPS_SELF_TEST_FAILED = named(0x1B6, "CKR_FIPS_SELF_TEST_FAILED");
    public static final ReturnValue LIBRARY_LOAD_FAILED = named(0x1B7, "CKR_LIBRARY_LOAD_FAILED");
    public static final ReturnValue PIN_TOO_WEAK = named(0x1B8, "CKR_PIN_TOO_WEAK");
    public static final ReturnValue PUBLIC_KEY_INVALID = named(0x1B9, "CKR_PUBLIC_KEY_INVALID");
    public static final ReturnValue FUNCTION_REJECTED = named(0x200, "CKR_FUNCTION_REJECTED");
    public static final ReturnValue TOKEN_RESOURCE_EXCEEDED = named(0x201, "CKR_TOKEN_RESOURCE_EXCEEDED");
    public static final ReturnValue OPERATION_CANCEL_FAILED = named(0x202, "CKR_OPERATION_CANCEL_FAILED");

    private static ReturnValue named(long code, String name) {
        NAMES.put(code, name);
        return new ReturnValue(code);
    }

    /** Its name in the standard, or its number. */
    @Override
    public String toString() {
        String name = NAMES.get(code);
        return name != null ? name : "CKR_0x" + Long.toHexString(code);
    }
}
