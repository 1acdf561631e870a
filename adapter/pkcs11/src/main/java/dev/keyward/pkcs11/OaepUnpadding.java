package dev.keyward.pkcs11;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.OaepHash;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Takes OAEP padding off on the host (RFC 8017, section 7.1.2, step 3), with an empty label, for tokens that do only the
 * RSA operation. Whether the padding is right, and where the message begins, is found out in one pass over every byte,
 * without a branch or an index that depends on them; and every failure is one and the same. Else the time or the kind of
 * a refusal would let a stranger decrypt by asking (Manger's attack).
 */
final class OaepUnpadding {
    private OaepUnpadding() {}

    /**
     * Takes the padding off.
     *
     * @param encoded what RSA gave, exactly as long as the modulus; overwritten
     * @param lengthsBytes the lengths that the message may have
     * @return the message, which the caller overwrites
     * @throws TokenException with {@link Reason#UNWRAP_FAILED} whatever is wrong
     */
    static byte[] unpad(byte[] encoded, OaepHash hash, int... lengthsBytes) {
        MessageDigest digest = digest(hash);
        byte[] labelHash = digest.digest();
        int hashLength = labelHash.length;
        byte[] seed = Arrays.copyOfRange(encoded, 1, 1 + hashLength);
        byte[] block = Arrays.copyOfRange(encoded, 1 + hashLength, encoded.length);
        try {
            xorMask(seed, block, digest);
            xorMask(block, seed, digest);

            int wrong = encoded[0];
            for (int i = 0; i < hashLength; i++) {
                wrong |= block[i] ^ labelHash[i];
            }
            // After the hash: zeros, a one, the message. All bits of a mask are set while the one has not been seen.
            int looking = -1;
            int separator = 0;
            for (int i = hashLength; i < block.length; i++) {
                int isZero = maskIfZero(block[i]);
                int isOne = maskIfZero(block[i] ^ 1);
                separator |= i & looking & isOne;
                wrong |= looking & ~isZero & ~isOne;
                looking &= ~isOne;
            }
            wrong |= looking;
            int length = block.length - 1 - separator;
            int ofAllowedLength = 0;
            for (int allowed : lengthsBytes) {
                ofAllowedLength |= maskIfZero(length ^ allowed);
            }
            wrong |= ~ofAllowedLength;
            if (wrong != 0) {
                throw new TokenException(Reason.UNWRAP_FAILED, "the wrapped material could not be unwrapped");
            }
            return Arrays.copyOfRange(block, block.length - length, block.length);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }

    /** -1, which is all bits, for zero; 0 for anything else. */
    private static int maskIfZero(int value) {
        return ~((value | -value) >> (Integer.SIZE - 1));
    }

    /** XORs with MGF1 of the seed (RFC 8017, appendix B.2.1). */
    private static void xorMask(byte[] target, byte[] seed, MessageDigest digest) {
        byte[] mask = new byte[digest.getDigestLength()];
        byte[] counter = new byte[Integer.BYTES];
        try {
            for (int offset = 0; offset < target.length; offset += mask.length) {
                ByteBuffer.wrap(counter).putInt(offset / mask.length);
                digest.update(seed);
                digest.update(counter);
                digest.digest(mask, 0, mask.length);
                for (int i = 0; i < mask.length && offset + i < target.length; i++) {
                    target[offset + i] ^= mask[i];
                }
            }
        } catch (DigestException e) {
            throw new AssertionError("the mask is as long as the digest", e);
        } finally {
            Arrays.fill(mask, (byte) 0);
        }
    }

    private static MessageDigest digest(OaepHash hash) {
        try {
            return MessageDigest.getInstance(hash.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has " + hash.algorithm(), e);
        }
    }
}
