package dev.keyward.kms.validation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one request, and says it as AWS KMS does. Not thread-safe. */
final class Violations {
    /** More are not listed: a small request with thousands of faults must not make a huge answer. */
    static final int MAXIMUM_LISTED = 64;

    private final List<String> texts = new ArrayList<>(0);

    void missing(Place place) {
        add("Value null at '" + place + "'", "Member must not be null");
    }

    void violated(Object value, Place place, Constraint constraint) {
        add(subject(value, place), constraint.text());
    }

    /** An element of a list of scalars breaks one of the constraints that all of them have. */
    void violated(List<?> values, Place place, List<Constraint> constraints) {
        List<String> all = constraints.stream().map(Constraint::text).toList();
        add(subject(values, place), "Member must satisfy constraint: [" + String.join(", ", all) + "]");
    }

    private static String subject(Object value, Place place) {
        String shown = shown(value);
        return (shown == null ? "Value" : "Value '" + shown + "'") + " at '" + place + "'";
    }

    /** AWS KMS shows strings, numbers and lists of strings, and nothing of blobs. */
    private static @Nullable String shown(Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number.toString();
            case List<?> list when list.stream().allMatch(String.class::isInstance) -> list.toString();
            default -> null;
        };
    }

    private void add(String subject, String constraint) {
        if (texts.size() < MAXIMUM_LISTED) {
            texts.add(subject + " failed to satisfy constraint: " + constraint);
        }
    }

    /** @throws KeywardException with {@link ErrorCode#VALIDATION} if anything is wrong */
    void refuseIfAny() {
        if (!texts.isEmpty()) {
            String count = texts.size() == 1 ? "1 validation error" : texts.size() + " validation errors";
            throw new KeywardException(ErrorCode.VALIDATION, count + " detected: " + String.join("; ", texts));
        }
    }
}
