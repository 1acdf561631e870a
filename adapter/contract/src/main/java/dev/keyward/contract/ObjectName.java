package dev.keyward.contract;

import dev.keyward.contract.TokenException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The id and the label of an object of a PKCS#11 token, and how a reference carries them: a version byte, the length of the
 * id, the id, the label. Every engine for such tokens has this form, so that one finds what another made. What a token has no room for is shortened to the beginning of its SHA-256; a label keeps its prefix up to the
 * installation if there is room for that and {@value #FEWEST_HASH_DIGITS} digits.
 *
 * @param id CKA_ID
 * @param label CKA_LABEL, in ASCII
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record ObjectName(byte[] id, String label) {
    private static final byte VERSION = 1;
    private static final int FEWEST_HASH_DIGITS = 15;
    private static final int PREFIX_PARTS = 2;

    /** The name that an object of that material gets in a token with so much room for ids and labels. */
    public static ObjectName of(MaterialName name, int maximumIdBytes, int maximumLabelBytes) {
        return new ObjectName(
                shortened(name.objectId().bytes(), maximumIdBytes), shortened(name.label(), maximumLabelBytes));
    }

    /** Whether objects can be found by the prefix of their installation where labels may be that long. */
    public static boolean keepsPrefix(String prefix, int maximumLengthBytes) {
        return maximumLengthBytes >= prefix.length() + FEWEST_HASH_DIGITS;
    }

    /**
     * Reads a reference.
     *
     * @throws TokenException with {@link Reason#FAILED} if it is not of this form
     */
    public static ObjectName of(MaterialReference reference) {
        ByteBuffer bytes = ByteBuffer.wrap(reference.opaque());
        if (bytes.remaining() < 2 || bytes.get() != VERSION) {
            throw new TokenException(Reason.FAILED, "not a reference of this engine: " + reference);
        }
        int idLength = Byte.toUnsignedInt(bytes.get());
        if (bytes.remaining() < idLength) {
            throw new TokenException(Reason.FAILED, "a reference cut short: " + reference);
        }
        byte[] id = new byte[idLength];
        bytes.get(id);
        return new ObjectName(id, StandardCharsets.US_ASCII.decode(bytes).toString());
    }

    /** The reference that carries this name. */
    public MaterialReference reference(String token) {
        byte[] text = labelBytes();
        byte[] opaque = ByteBuffer.allocate(2 + id.length + text.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .put(text)
                .array();
        return new MaterialReference(token, MaterialReference.Residence.TOKEN_OBJECT, opaque);
    }

    /** The label's bytes, a new array at each call. */
    public byte[] labelBytes() {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] shortened(byte[] id, int maximumLengthBytes) {
        return id.length <= maximumLengthBytes ? id : Arrays.copyOf(sha256(id), maximumLengthBytes);
    }

    private static String shortened(String label, int maximumLengthBytes) {
        if (label.length() <= maximumLengthBytes) {
            return label;
        }
        String prefix = prefix(label);
        String kept = keepsPrefix(prefix, maximumLengthBytes) ? prefix : "";
        String digits = HexFormat.of().formatHex(sha256(label.getBytes(StandardCharsets.US_ASCII)));
        return kept + digits.substring(0, Math.min(digits.length(), maximumLengthBytes - kept.length()));
    }

    /** {@code keyward:<installation>:}. */
    private static String prefix(String label) {
        int end = 0;
        for (int part = 0; part < PREFIX_PARTS; part++) {
            end = label.indexOf(':', end) + 1;
        }
        return label.substring(0, end);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
