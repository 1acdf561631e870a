package dev.keyward.contract;

import java.util.Set;

/**
 * What a token says of itself, and what Keyward can do with it. Immutable and thread-safe.
 *
 * @param name its name in the configuration, which references carry
 * @param label its own label
 * @param serialNumber its serial number
 * @param manufacturer who made it
 * @param model which model it is
 * @param profile the name of the profile it is driven by
 * @param capabilities what works
 */
public record TokenInformation(
        String name,
        String label,
        String serialNumber,
        String manufacturer,
        String model,
        String profile,
        Set<TokenCapability> capabilities) {}
