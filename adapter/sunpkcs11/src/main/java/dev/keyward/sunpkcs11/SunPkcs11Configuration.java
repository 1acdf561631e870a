package dev.keyward.sunpkcs11;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to open a token. The JDK's provider knows slots by number alone, so whoever makes this has found out which
 * slot the wanted token is in, and what the token says of itself. Immutable and thread-safe.
 *
 * @param name the token's name in the configuration, which references carry
 * @param library the library's file
 * @param slot the number of the slot that the token is in now
 * @param initialisation what the library is initialised with; null for nothing
 * @param token the token that is in that slot
 * @param profile the name of the profile that it was recognised by
 * @param maximumIdBytes how long a CKA_ID of it may be
 * @param maximumLabelBytes how long a CKA_LABEL of it may be
 * @param pin gives its user PIN each time it is asked; the array is cleared afterwards
 * @param certificates makes the certificates of key pairs
 */
public record SunPkcs11Configuration(
        String name,
        Path library,
        long slot,
        @Nullable String initialisation,
        Description token,
        String profile,
        int maximumIdBytes,
        int maximumLabelBytes,
        Supplier<char[]> pin,
        CertificateMaker certificates) {

    /** What a token says of itself (CK_TOKEN_INFO). */
    public record Description(String label, String serialNumber, String manufacturer, String model) {}
}
