package dev.keyward.kms.json;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Finds out the {@link Shape} of the AWS SDK's classes from their own description of themselves. */
public final class Shapes {
    private Shapes() {}

    /**
     * The shape of a class, without the members that are not known here.
     *
     * @param builder makes an empty builder of the class
     * @param known whether a member is known, asked by its path: {@code KeyId}, {@code Constraints.SourceArn}, {@code
     *     Tags[].TagKey}
     * @throws IllegalStateException if a known member is of a type that AWS KMS does not use
     */
    public static Shape.Structure of(Supplier<? extends SdkPojo> builder, Predicate<String> known) {
        return structure("", builder, known);
    }

    private static Shape.Structure structure(
            String path, Supplier<? extends SdkPojo> builder, Predicate<String> known) {
        Map<String, Shape.Member> members = new HashMap<>();
        for (SdkField<?> field : builder.get().sdkFields()) {
            String name = field.locationName();
            if (known.test(path + name)) {
                members.put(name, new Shape.Member(name, field, shape(path + name, field, known)));
            }
        }
        return new Shape.Structure(path, builder, members);
    }

    private static Shape shape(String path, SdkField<?> field, Predicate<String> known) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> Shape.Scalar.STRING;
            case INTEGER -> Shape.Scalar.INTEGER;
            case BOOLEAN -> Shape.Scalar.BOOLEAN;
            case INSTANT -> Shape.Scalar.TIMESTAMP;
            case SDK_BYTES -> Shape.Scalar.BLOB;
            case SDK_POJO -> structure(path + ".", field.constructor(), known);
            case LIST ->
                new Shape.ListOf(shape(
                        path + "[]", field.getRequiredTrait(ListTrait.class).memberFieldInfo(), known));
            case MAP ->
                new Shape.MapOf(shape(
                        path + "{}", field.getRequiredTrait(MapTrait.class).valueFieldInfo(), known));
            case NULL, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, DOCUMENT ->
                throw new IllegalStateException("a type that AWS KMS does not use, at " + path);
        };
    }
}
