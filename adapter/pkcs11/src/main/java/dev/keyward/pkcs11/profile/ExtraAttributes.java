package dev.keyward.pkcs11.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a profile changes in a template: attributes that a token wants besides, and a few that it does not know and that
 * are left out. What protects a key cannot be changed. Immutable and thread-safe.
 *
 * @param added attributes that are added
 * @param omitted attributes that are left out
 */
public record ExtraAttributes(List<Attribute> added, Set<AttributeType> omitted) {
    private static final Set<AttributeType> MAY_BE_OMITTED =
            Set.of(AttributeType.COPYABLE, AttributeType.MODIFIABLE, AttributeType.SIGN_RECOVER);
    private static final Set<AttributeType> MAY_BE_ADDED = Set.of(
            AttributeType.DESTROYABLE,
            AttributeType.TRUSTED,
            AttributeType.ALWAYS_AUTHENTICATE,
            AttributeType.WRAP_WITH_TRUSTED);
    private static final long VENDOR_DEFINED = 0x80000000L;

    public ExtraAttributes {
        added = List.copyOf(added);
        omitted = Set.copyOf(omitted);
    }

    /**
     * Reads what a profile has under {@code templates}: {@code CKA_...} or a vendor's number, and true, false, a number,
     * bytes as {@code 0x...} text, or null for leaving out.
     *
     * @throws IllegalArgumentException if an attribute is unknown or not to be changed, or its value is of no such kind
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExtraAttributes of(Map<String, @Nullable Object> attributes) {
        List<Attribute> added = new ArrayList<>();
        Set<AttributeType> omitted = new HashSet<>();
        attributes.forEach((name, value) -> {
            AttributeType type = AttributeType.parse(name);
            if (value == null) {
                requireOneOf(MAY_BE_OMITTED, type, "left out");
                omitted.add(type);
            } else {
                if (type.code() < VENDOR_DEFINED) {
                    requireOneOf(MAY_BE_ADDED, type, "set by a profile");
                }
                added.add(attribute(type, value));
            }
        });
        return new ExtraAttributes(added, omitted);
    }

    /** Changes a template. */
    public Template applyTo(Template.Builder template) {
        return template.without(omitted).addAll(added).build();
    }

    private static void requireOneOf(Set<AttributeType> allowed, AttributeType type, String what) {
        if (!allowed.contains(type)) {
            throw new IllegalArgumentException(type + " cannot be " + what);
        }
    }

    private static Attribute attribute(AttributeType type, Object value) {
        return switch (value) {
            case Boolean flag -> new Attribute.Flag(type, flag);
            case Integer number -> new Attribute.Ulong(type, number);
            case Long number -> new Attribute.Ulong(type, number);
            case String text
            when text.matches("0x([0-9A-Fa-f]{2})+") ->
                new Attribute.Bytes(type, HexFormat.of().parseHex(text.substring(2)));
            default ->
                throw new IllegalArgumentException(type + " is neither true, false, a number nor bytes like 0x0102");
        };
    }
}
