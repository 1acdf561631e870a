package dev.keyward.boot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command about users, roles or access keys, as it travels to whoever carries it out. Immutable and thread-safe.
 *
 * @param name for instance {@code create-user}
 * @param arguments what it is given, by name
 * @param operator who gives it, on this host
 */
public record IdentityCommand(String name, Map<String, String> arguments, String operator) {
    /** Copies the map. */
    public IdentityCommand {
        arguments = Map.copyOf(arguments);
    }

    @Nullable
    String find(String argument) {
        return arguments.get(argument);
    }

    String require(String argument) {
        String value = arguments.get(argument);
        if (value == null) {
            throw new IllegalArgumentException(name + " needs " + argument);
        }
        return value;
    }
}
