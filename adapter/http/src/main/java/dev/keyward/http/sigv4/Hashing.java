package dev.keyward.http.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and its HMAC, which every Java platform has. */
final class Hashing {
    private static final String HMAC = "HmacSHA256";

    private Hashing() {}

    /** SHA-256 in lower-case hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /** HMAC-SHA-256 of a text of Latin-1 characters. */
    static byte[] hmac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + HMAC, e);
        }
    }

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, HMAC);
    }
}
