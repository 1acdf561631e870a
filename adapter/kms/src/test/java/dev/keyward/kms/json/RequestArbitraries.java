package dev.keyward.kms.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Random objects of the SDK's classes, of any values of the right types. */
public final class RequestArbitraries {
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    private RequestArbitraries() {}

    /** Objects of a shape, each member absent now and then. */
    public static Arbitrary<SdkPojo> objects(Shape.Structure shape) {
        return objects(shape, strings());
    }

    /** Objects of a shape with strings of a certain kind, each member absent now and then. */
    public static Arbitrary<SdkPojo> objects(Shape.Structure shape, Arbitrary<String> strings) {
        List<Shape.Member> members = new ArrayList<>(shape.members().values());
        List<Arbitrary<@Nullable Object>> values = new ArrayList<>();
        for (Shape.Member member : members) {
            values.add(values(member.shape(), strings).injectNull(0.2));
        }
        return Combinators.combine(values).as(chosen -> {
            SdkPojo builder = shape.builder().get();
            for (int i = 0; i < members.size(); i++) {
                if (chosen.get(i) != null) {
                    members.get(i).field().set(builder, chosen.get(i));
                }
            }
            return (SdkPojo) ((Buildable) builder).build();
        });
    }

    private static Arbitrary<Object> values(Shape shape, Arbitrary<String> strings) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalars(scalar, strings);
            case Shape.ListOf list ->
                values(list.element(), strings).list().ofMaxSize(4).map(Object.class::cast);
            case Shape.MapOf map -> maps(map, strings).map(Object.class::cast);
            case Shape.Structure structure -> objects(structure, strings).map(Object.class::cast);
        };
    }

    private static Arbitrary<Map<String, Object>> maps(Shape.MapOf map, Arbitrary<String> strings) {
        return Arbitraries.maps(strings, values(map.value(), strings)).ofMaxSize(4);
    }

    private static Arbitrary<Object> scalars(Shape.Scalar scalar, Arbitrary<String> strings) {
        return switch (scalar) {
            case STRING -> strings.map(Object.class::cast);
            case INTEGER -> Arbitraries.integers().map(Object.class::cast);
            case BOOLEAN -> Arbitraries.of(true, false).map(Object.class::cast);
            case TIMESTAMP -> Arbitraries.longs().between(0, LAST_MILLISECOND).map(Instant::ofEpochMilli);
            case BLOB -> Arbitraries.bytes().array(byte[].class).ofMaxSize(64).map(SdkBytes::fromByteArray);
        };
    }

    /** Strings of whole characters, of all planes. */
    public static Arbitrary<String> strings() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(24)
                .map(points -> {
                    StringBuilder text = new StringBuilder();
                    points.forEach(text::appendCodePoint);
                    return text.toString();
                });
    }
}
