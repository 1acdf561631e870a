package dev.keyward.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A private key as PKCS#8 in the textual form of RFC 7468, section 10. What it was read from is the caller's to clear. Stateless. */
final class PrivateKeyPem {
    private static final byte[] MARK = ascii("-----BEGIN ");
    private static final byte[] BEGIN = ascii("-----BEGIN PRIVATE KEY-----");
    private static final byte[] END = ascii("-----END PRIVATE KEY-----");

    private PrivateKeyPem() {}

    /** Whether the bytes are PEM of any kind, and so neither DER nor likely to be random. */
    static boolean isPem(byte[] bytes) {
        return indexOf(bytes, MARK, 0) == 0;
    }

    /**
     * The DER of the one key.
     *
     * @throws IllegalArgumentException whose message follows the name of the file, if it is not just that
     */
    static byte[] decode(byte[] bytes) {
        int end = indexOf(bytes, END, BEGIN.length);
        if (indexOf(bytes, BEGIN, 0) != 0 || end < 0) {
            throw new IllegalArgumentException(
                    "is PEM, but no unencrypted PKCS#8 (BEGIN PRIVATE KEY); 'openssl pkcs8 -topk8 -nocrypt' makes it so");
        }
        if (!isBlank(bytes, end + END.length)) {
            throw new IllegalArgumentException("has more in it than one private key");
        }
        byte[] base64 = Arrays.copyOfRange(bytes, BEGIN.length, end);
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no PEM: its base64 is wrong", e);
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static boolean isBlank(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if ((bytes[i] & 0xff) > ' ') {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
