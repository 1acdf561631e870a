package dev.keyward.kms.json;

import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The type of a JSON value, as the AWS model has it. Immutable and thread-safe. */
public sealed interface Shape {
    /** A value without parts. */
    enum Scalar implements Shape {
        STRING,
        INTEGER,
        BOOLEAN,
        /** Seconds since 1970, with a fraction. */
        TIMESTAMP,
        /** Bytes, in base64. */
        BLOB
    }

    /** An array. */
    record ListOf(Shape element) implements Shape {}

    /** An object with names of the client's choice. */
    record MapOf(Shape value) implements Shape {}

    /**
     * An object with named members.
     *
     * @param path what a member's name is appended to for its path, for instance {@code "Tags[]."}; empty at the top
     * @param builder makes an empty builder of the SDK's class
     * @param members by name, as on the wire
     */
    record Structure(String path, Supplier<? extends SdkPojo> builder, Map<String, Member> members) implements Shape {
        /** Copies the map. */
        public Structure {
            members = Map.copyOf(members);
        }
    }

    /**
     * A member of a structure.
     *
     * @param field reads it from a built object and sets it in a builder
     */
    record Member(String name, SdkField<?> field, Shape shape) {}
}
