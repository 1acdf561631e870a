package dev.keyward.contract;

/** What a token, with its profile, can do for Keyward beyond generating AES keys and random bytes. */
public enum TokenCapability {
    /** Derives working subkeys, so that a long-lived key never encrypts a message itself. */
    DERIVE_SUBKEYS,
    /** Encrypts with AES-GCM under the long-lived key. */
    ENCRYPT_DIRECTLY,
    /** Computes an AES-CMAC under a derived subkey, which names imported material. */
    IDENTIFY_MATERIAL,
    /** Generates RSA wrapping keys. */
    GENERATE_WRAPPING_KEYS,
    /** Unwraps RSA-OAEP with SHA-1 inside the token. */
    UNWRAP_OAEP_SHA_1,
    /** Unwraps RSA-OAEP with SHA-256 inside the token. */
    UNWRAP_OAEP_SHA_256,
    /** Does the RSA operation in the token and leaves the OAEP padding to the host, where the profile allows it. */
    UNPAD_OAEP_ON_HOST,
    /** Unwraps AES key wrap with padding (RFC 5649) inside the token. */
    UNWRAP_RFC_5649
}
