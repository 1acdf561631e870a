package dev.keyward.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Unique ids and secrets, drawn at random in the form of AWS's. An id has 80 bits and more of chance, so none is drawn
 * twice. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
public final class Drawn {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ACCESS_KEY_ID_CHARACTERS = 16;
    private static final int UNIQUE_ID_CHARACTERS = 17;
    private static final int SECRET_BYTES = 30; // 40 characters of Base64, as AWS's have

    private final SecureRandom random;

    public Drawn(SecureRandom random) {
        this.random = random;
    }

    /** The unique id of a user. */
    public String userId() {
        return id("AIDA", UNIQUE_ID_CHARACTERS);
    }

    /** The unique id of a role. */
    public String roleId() {
        return id("AROA", UNIQUE_ID_CHARACTERS);
    }

    /** An access key id. */
    public String accessKeyId() {
        return id("AKIA", ACCESS_KEY_ID_CHARACTERS);
    }

    /** The access key id of temporary credentials. */
    public String temporaryAccessKeyId() {
        return id("ASIA", ACCESS_KEY_ID_CHARACTERS);
    }

    /** A secret access key, ASCII, which whoever asked clears. */
    public byte[] secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        try {
            return Base64.getEncoder().encode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private String id(String prefix, int characters) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < characters; i++) {
            id.append(BASE_32.charAt(random.nextInt(BASE_32.length())));
        }
        return id.toString();
    }
}
