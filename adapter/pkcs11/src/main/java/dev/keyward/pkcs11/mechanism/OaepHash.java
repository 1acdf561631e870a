package dev.keyward.pkcs11.mechanism;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A hash of RSA-OAEP and of its mask generation function, which are always the same one here. */
public enum OaepHash {
    @JsonProperty("SHA-1")
    SHA_1("SHA-1", 0x220, 1),
    @JsonProperty("SHA-256")
    SHA_256("SHA-256", 0x250, 2);

    private final String algorithm;
    private final long mechanism;
    private final long maskGeneration;

    OaepHash(String algorithm, long mechanism, long maskGeneration) {
        this.algorithm = algorithm;
        this.mechanism = mechanism;
        this.maskGeneration = maskGeneration;
    }

    /** The JCA's name of it, which profiles use too. */
    public String algorithm() {
        return algorithm;
    }

    /** The CK_MECHANISM_TYPE of the hash. */
    long mechanism() {
        return mechanism;
    }

    /** The CK_RSA_PKCS_MGF_TYPE. */
    long maskGeneration() {
        return maskGeneration;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public static OaepHash of(String algorithm) {
        for (OaepHash hash : values()) {
            if (hash.algorithm.equals(algorithm)) {
                return hash;
            }
        }
        throw new IllegalArgumentException(algorithm + " is not SHA-1 or SHA-256");
    }
}
