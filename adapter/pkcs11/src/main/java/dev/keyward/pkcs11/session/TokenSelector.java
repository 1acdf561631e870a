package dev.keyward.pkcs11.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which token is meant: the one with this label, serial number and model, as far as they are given. Never a slot number,
 * which says nothing after a restart. Immutable and thread-safe.
 */
public record TokenSelector(
        @Nullable String label,
        @Nullable String serialNumber,
        @Nullable String model) {
    /** @throws IllegalArgumentException if nothing is given */
    public TokenSelector {
        if (label == null && serialNumber == null && model == null) {
            throw new IllegalArgumentException("a token is chosen by its label, serial number or model: none is given");
        }
    }

    /** By label alone. */
    public static TokenSelector label(String label) {
        return new TokenSelector(label, null, null);
    }

    /** Whether that token is meant. */
    public boolean accepts(TokenDescription token) {
        return (label == null || label.equals(token.label()))
                && (serialNumber == null || serialNumber.equals(token.serialNumber()))
                && (model == null || model.equals(token.model()));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (label != null) {
            parts.add("label '" + label + "'");
        }
        if (serialNumber != null) {
            parts.add("serial number '" + serialNumber + "'");
        }
        if (model != null) {
            parts.add("model '" + model + "'");
        }
        return String.join(", ", parts);
    }
}
