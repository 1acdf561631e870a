package dev.keyward.contract;

/**
 * Key material as it comes in: wrapped under a key of the token. A secret key is its bytes, a key pair its private half
 * as PKCS#8 (RFC 5958) in DER, with or without the public one in it.
 *
 * @param wrappingKey the private key, in the token, that unwraps it
 * @param algorithm how it is wrapped
 * @param bytes what came; not changed afterwards by whoever gave them
 * @param spec what it is to be
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record WrappedMaterial(MaterialReference wrappingKey, WrappingAlgorithm algorithm, byte[] bytes, KeySpec spec) {
    @Override
    public String toString() {
        return "WrappedMaterial[" + spec + ", " + algorithm + "]";
    }
}
