package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.Token;
import java.security.MessageDigest;

/** Computes and verifies message authentication codes. The work on material is the token's. Thread-safe. */
public final class Macs {
    private final Token token;

    Macs(Token token) {
        this.token = token;
    }

    /** The code of a message of 1 to 4096 bytes under an enabled key. */
    public byte[] generate(KeyRecord key, MacAlgorithm algorithm, byte[] message) {
        return token.mac(key.current().orElseThrow().reference(), algorithm, message);
    }

    /**
     * Refuses a code that is not the message's. The token computes the right one again, and the two are compared in a
     * time that does not tell where they differ.
     *
     * @throws KeywardException with {@link ErrorCode#KMS_INVALID_MAC}
     */
    public void requireValid(KeyRecord key, MacAlgorithm algorithm, byte[] message, byte[] code) {
        if (!MessageDigest.isEqual(generate(key, algorithm, message), code)) {
            throw new KeywardException(ErrorCode.KMS_INVALID_MAC);
        }
    }
}
