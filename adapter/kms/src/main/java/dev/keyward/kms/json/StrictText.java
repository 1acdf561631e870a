package dev.keyward.kms.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the JSON parser is lenient about: UTF-8, surrogates and base64. */
final class StrictText {
    private StrictText() {}

    /** Whether the bytes are UTF-8 in the strict sense: no overlong forms and no surrogates. */
    static boolean isUtf8(byte[] bytes) {
        return isAscii(bytes) || isDecodable(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDecodable(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /**
     * Whether every surrogate has its partner. One without can be written as an escape, but has no UTF-8 form: two
     * different encryption contexts would be authenticated as the same bytes.
     */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Decodes base64 without line breaks and with its padding, and leaves no copy of the text behind.
     *
     * @return the bytes, or null if the text is not base64
     */
    static byte @Nullable [] decodeBase64(char[] text, int offset, int length) {
        if (length % 4 != 0) {
            return null;
        }
        byte[] ascii = new byte[length];
        try {
            for (int i = 0; i < length; i++) {
                char c = text[offset + i];
                if (c > 0x7F) {
                    return null;
                }
                ascii[i] = (byte) c;
            }
            return Base64.getDecoder().decode(ascii);
        } catch (IllegalArgumentException _) {
            return null;
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }
}
