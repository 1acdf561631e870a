package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Signs, verifies, and shows public keys. The work on material is the token's. Thread-safe. */
public final class Signatures {
    private final Token token;

    Signatures(Token token) {
        this.token = token;
    }

    /** What the bytes of a request are. */
    public enum MessageType {
        /** The message. */
        RAW,
        /** Its digest, by the hash of the algorithm. */
        DIGEST
    }

    /**
     * Whether bytes can be what they are said to be. Asked of a dry run too.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} for a digest of another length, or a type that the
     *     algorithm does not take
     */
    public static void requireSuitable(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        if (!takes(algorithm, type)) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "Algorithm %s is incompatible with message type %s.".formatted(algorithm, type));
        }
        if (type == MessageType.DIGEST && message.length != algorithm.digestLengthBytes()) {
            throw new KeywardException(
                    ErrorCode.VALIDATION, "Digest is invalid length for algorithm %s.".formatted(algorithm));
        }
    }

    /** Signs a message or its digest with an enabled key. */
    public byte[] sign(KeyRecord key, SigningAlgorithm algorithm, MessageType type, byte[] message) {
        return token.sign(reference(key), key.spec(), algorithm, digest(algorithm, type, message));
    }

    /**
     * Refuses a signature that is not of that message.
     *
     * @throws KeywardException with {@link ErrorCode#KMS_INVALID_SIGNATURE}
     */
    public void requireValid(
            KeyRecord key, SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature) {
        byte[] digest = digest(algorithm, type, message);
        if (!token.verify(reference(key), key.spec(), algorithm, digest, signature)) {
            throw new KeywardException(ErrorCode.KMS_INVALID_SIGNATURE);
        }
    }

    /** The public half of a key, as the DER of a SubjectPublicKeyInfo. */
    public byte[] publicKey(KeyRecord key) {
        return token.publicKey(reference(key), key.spec());
    }

    /** Source: AWS KMS API Reference, Sign, MessageType. */
    private static boolean takes(SigningAlgorithm algorithm, MessageType type) {
        return switch (algorithm.scheme()) {
            case RSASSA_PKCS1_V1_5, RSASSA_PSS, ECDSA -> true;
            case ED25519 -> type == MessageType.RAW;
            case ED25519_PH -> type == MessageType.DIGEST;
        };
    }

    private static MaterialReference reference(KeyRecord key) {
        return key.current().orElseThrow().reference();
    }

    private static byte[] digest(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        if (algorithm.signsMessage()) {
            return message;
        }
        return switch (type) {
            case DIGEST -> message;
            case RAW -> {
                try {
                    yield MessageDigest.getInstance(algorithm.hash()).digest(message);
                } catch (NoSuchAlgorithmException impossible) {
                    throw new IllegalStateException(impossible); // every Java platform has it
                }
            }
        };
    }
}
