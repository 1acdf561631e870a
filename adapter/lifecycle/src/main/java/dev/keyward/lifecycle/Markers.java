package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The markers of paged lists: the last row that was shown, encoded so that nobody reads meaning into it. It says where to
 * go on and gives no right to anything.
 */
final class Markers {
    private static final String VERSION = "1:";

    private Markers() {}

    static String after(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((VERSION + position).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws KeywardException with {@link ErrorCode#INVALID_MARKER} if it is none of ours */
    static @Nullable String position(@Nullable String marker) {
        if (marker == null) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            if (decoded.startsWith(VERSION)) {
                return decoded.substring(VERSION.length());
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below
        }
        throw invalid();
    }

    static KeywardException invalid() {
        return new KeywardException(ErrorCode.INVALID_MARKER, "The marker is not valid.");
    }
}
