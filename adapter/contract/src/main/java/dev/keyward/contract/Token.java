package dev.keyward.contract;

import java.util.List;

/**
 * What holds key material and does every operation on it. Nothing in this interface hands out material, and nothing can:
 * every object is sensitive and not extractable. (A shared secret that is derived for a client is nobody's key here.)
 *
 * <p>Promises of every implementation, held to by {@code TokenConformance}:
 *
 * <ul>
 *   <li>safe for use by many threads at once; a call blocks its (platform) thread until a session is free, for a bounded
 *       time;
 *   <li>every failure is a {@link TokenException};
 *   <li>an object is used only if both its id and its label are those of the reference;
 *   <li>{@link #generate}, {@link #generateKeyPair}, {@link #generateWrappingKey} and {@link #unwrap} either make the whole object, as its
 *       template asks, or leave none;
 *   <li>arrays passed in are not kept, and arrays given out are the caller's.
 * </ul>
 */
public interface Token extends AutoCloseable {
    /** What the token is and can do. */
    TokenInformation information();

    /** The reference by which an object of that name will be found, made without asking the token. */
    MaterialReference reference(MaterialName name);

    /**
     * Generates a secret key in the token, good for the one usage of its spec.
     *
     * @throws TokenException with {@link TokenException.Reason#OBJECT_EXISTS} if the reference is taken, or {@link
     *     TokenException.Reason#UNSUPPORTED}, naming the mechanism, if the token cannot make such a key
     */
    void generate(MaterialReference reference, KeySpec spec);

    /**
     * Generates a key pair in the token. Both halves stay there, and the private one is good for that usage alone.
     *
     * @throws TokenException with {@link TokenException.Reason#OBJECT_EXISTS} if the reference is taken, or {@link
     *     TokenException.Reason#UNSUPPORTED}, naming what is missing, if the token cannot make such a pair
     */
    void generateKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage);

    /** The public half of a key pair, as the DER of a SubjectPublicKeyInfo (RFC 5280, section 4.1). */
    byte[] publicKey(MaterialReference reference, KeySpec spec);

    /** Whether the object is there, and whole: of a pair, the private half, which is made last. */
    boolean holds(MaterialReference reference);

    /** Destroys the object, or what there is of it, and drops its subkeys. Does nothing if nothing is there. */
    void destroy(MaterialReference reference);

    /** Drops the working subkeys of a material, so that none of them can be used after this returns. */
    void forgetSubkeys(MaterialReference reference);

    /**
     * Encrypts a message, under a working subkey where the token can derive.
     *
     * @param associatedData authenticated with it, not encrypted
     * @param plaintext 0 to 64 KiB
     */
    SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext);

    /**
     * Decrypts a message.
     *
     * @throws TokenException with {@link TokenException.Reason#NOT_AUTHENTIC} if any bit of it, or of the associated
     *     data, is not what was encrypted
     */
    byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message);

    /**
     * Computes the message authentication code of a message.
     *
     * @param message 1 to {@link MacAlgorithm#MAXIMUM_MESSAGE_BYTES} bytes
     * @return as long as the algorithm says
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED}, naming the mechanism, if the token cannot
     */
    byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message);

    /**
     * Comes to a secret with the holder of another private key.
     *
     * @param publicPoint that holder's public key: a point of the same curve, uncompressed (4, x, y), checked by the caller
     * @return the x coordinate of the common point, as long as the curve's field; the caller clears it
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED}, naming the mechanism, if the token cannot
     */
    byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint);

    /**
     * Encrypts a message to the public half of a key pair.
     *
     * @param algorithm a kind of OAEP
     * @param plaintext no longer than {@link EncryptionAlgorithm#maximumPlaintextBytes} says
     * @return as long as the modulus
     */
    byte[] encryptOaep(MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext);

    /**
     * Decrypts what was encrypted to the public half of a key pair.
     *
     * @param algorithm a kind of OAEP
     * @throws TokenException with {@link TokenException.Reason#NOT_AUTHENTIC} whatever is wrong with it, or {@link
     *     TokenException.Reason#UNSUPPORTED}, naming what is missing, if the token cannot
     */
    byte[] decryptOaep(MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext);

    /**
     * Signs a digest, or the message itself where the algorithm {@link SigningAlgorithm#signsMessage says so}.
     *
     * @param digest as long as the algorithm says; a message has 1 byte to 64 KiB
     * @return the signature, in the form that {@link SigningAlgorithm.Scheme} names
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED}, naming the mechanism, if the token cannot
     */
    byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest);

    /**
     * Whether a signature is of that digest or message.
     *
     * @param signature of any form and length
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED}, naming the mechanism, if the token cannot
     */
    boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature);

    /** Random bytes of the token's generator, 1 to 64 KiB. */
    byte[] random(int lengthBytes);

    /**
     * Generates an RSA key that can unwrap and nothing else (and, where the profile lets the host unpad, decrypt).
     *
     * @param modulusBits 2048, 3072 or 4096
     * @return the public key as the DER of a SubjectPublicKeyInfo
     */
    byte[] generateWrappingKey(MaterialReference reference, int modulusBits);

    /**
     * Where the padding of material of that spec, wrapped so, is taken off. Reads and makes nothing.
     *
     * @throws TokenException with {@link TokenException.Reason#UNSUPPORTED}, naming what is missing, if the token cannot
     *     take in such material
     */
    UnwrapPlace unwrapPlace(WrappingAlgorithm algorithm, KeySpec spec);

    /**
     * Unwraps material for a moment to find its id, and keeps nothing. The id is a pseudorandom function of a secret
     * key's bytes, or a hash of a pair's public half, and of the key that they are for.
     *
     * @throws TokenException with {@link TokenException.Reason#UNWRAP_FAILED}
     */
    MaterialId identify(WrappedMaterial material, KeyId key);

    /**
     * Unwraps material into the token: an object that is good for that usage alone, or, of a pair, both halves, of
     * which the public one has been seen to verify what the private one signs.
     *
     * @return where the padding was taken off
     * @throws TokenException with {@link TokenException.Reason#UNWRAP_FAILED}, or {@link
     *     TokenException.Reason#OBJECT_EXISTS} if the reference is taken
     */
    UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference target);

    /**
     * The objects of an installation: everything whose label starts with {@link MaterialName#labelPrefix}, and that this
     * engine would have named so.
     */
    List<TokenObject> objects(InstallationId installation);

    /** Logs out and frees everything. Calls under way end first; later ones fail. */
    @Override
    void close();
}
