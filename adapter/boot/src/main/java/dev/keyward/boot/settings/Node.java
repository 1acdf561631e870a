package dev.keyward.boot.settings;

import java.util.List;
import java.util.SequencedMap;

/** A value as it was written, with the place where it was written. Immutable and thread-safe. */
public sealed interface Node {
    /** Where it was written. */
    Origin origin();

    /**
     * A single value. It is kept as text: which type it has is for the setting to say, not for YAML (to which
     * {@code 012345678901} is a number and {@code no} a boolean).
     */
    record Scalar(String text, Origin origin) implements Node {}

    /** A list. */
    record Sequence(List<Node> items, Origin origin) implements Node {}

    /** Names and their values, in the order written. */
    record Mapping(SequencedMap<String, Node> members, Origin origin) implements Node {}
}
