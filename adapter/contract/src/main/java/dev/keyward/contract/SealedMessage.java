package dev.keyward.contract;

/**
 * A message encrypted under a material. The arrays are the record's own: whoever makes or receives one hands them over
 * and does not change them. All of it is public.
 *
 * @param form how it was encrypted
 * @param nonce what the subkey is derived from, {@link CiphertextForm#nonceLengthBytes()} long
 * @param iv the GCM IV, {@link CiphertextForm#IV_LENGTH_BYTES} long
 * @param ciphertext the ciphertext, as long as the plaintext, followed by the tag of {@link
 *     CiphertextForm#TAG_LENGTH_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; copying it would cost more than the record itself
public record SealedMessage(CiphertextForm form, byte[] nonce, byte[] iv, byte[] ciphertext) {}
