package dev.keyward.boot;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.TokenCapability;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself, what it offers, and what of Keyward would work on it: found without logging in, so nothing
 * of it has been tried. Immutable and thread-safe.
 *
 * @param library the PKCS#11 library that shows it
 * @param label its label; blank if it is not initialised
 * @param serialNumber its serial number
 * @param model its model
 * @param manufacturer who made it
 * @param firmwareVersion major and minor
 * @param initialized whether it is initialised
 * @param userPin how its user PIN stands
 * @param mechanisms what it offers, in its own order
 * @param profile by which it is judged; null if none recognises it
 * @param capabilities a row for each of Keyward's; empty if there is no profile
 * @param keys a row for each key spec; empty if there is no profile
 * @param imports a row for each key spec, of imported keys; empty if there is no profile
 */
public record TokenReport(
        Path library,
        String label,
        String serialNumber,
        String model,
        String manufacturer,
        String firmwareVersion,
        boolean initialized,
        UserPin userPin,
        List<Mechanism> mechanisms,
        @Nullable Profile profile,
        List<Capability> capabilities,
        List<Keys> keys,
        List<Keys> imports) {

    /** How a user PIN stands, by the token's own word. */
    public enum UserPin {
        SET,
        NOT_SET,
        LOCKED
    }

    /**
     * A mechanism.
     *
     * @param name its name in the standard, or its number
     * @param minimumKeySize in bits or bytes, as the mechanism counts
     * @param maximumKeySize in bits or bytes, as the mechanism counts
     * @param uses what it may be used for, in words
     */
    public record Mechanism(String name, long minimumKeySize, long maximumKeySize, List<String> uses) {}

    /**
     * The profile.
     *
     * @param name its name
     * @param proven whether anybody has seen it work
     * @param recognises whether it takes that token for one of its kind
     */
    public record Profile(String name, boolean proven, boolean recognises) {}

    /**
     * Whether something would work.
     *
     * @param capability what
     * @param works whether
     * @param because by which mechanisms, or why not
     */
    public record Capability(TokenCapability capability, boolean works, String because) {}

    /**
     * Whether keys of a spec would work.
     *
     * @param spec which
     * @param works whether
     * @param because by which mechanisms, or why not
     */
    public record Keys(KeySpec spec, boolean works, String because) {}
}
