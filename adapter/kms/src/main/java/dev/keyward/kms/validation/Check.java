package dev.keyward.kms.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** What is checked of a value and of what it consists of. Immutable and thread-safe. */
sealed interface Check {
    /** Adds what is wrong with the value at that place. */
    void run(Object value, Place place, Violations violations);

    /** A value as a whole. */
    record OfValue(List<Constraint> constraints) implements Check {
        @Override
        public void run(Object value, Place place, Violations violations) {
            for (Constraint constraint : constraints) {
                if (!constraint.isSatisfiedBy(value)) {
                    violations.violated(value, place, constraint);
                }
            }
        }
    }

    /** A list of scalars, of which AWS shows all when one is wrong. */
    record OfScalars(OfValue list, List<Constraint> ofEach) implements Check {
        @Override
        public void run(Object value, Place place, Violations violations) {
            list.run(value, place, violations);
            List<?> elements = (List<?>) value;
            if (!elements.stream().allMatch(this::isSatisfiedBy)) {
                violations.violated(elements, place, ofEach);
            }
        }

        private boolean isSatisfiedBy(Object element) {
            return ofEach.stream().allMatch(constraint -> constraint.isSatisfiedBy(element));
        }
    }

    /** A list of structures, of which AWS names the one that is wrong. */
    record OfStructures(OfValue list, OfStructure each) implements Check {
        @Override
        public void run(Object value, Place place, Violations violations) {
            list.run(value, place, violations);
            List<?> elements = (List<?>) value;
            for (int i = 0; i < elements.size(); i++) {
                each.run(elements.get(i), place.element(i), violations);
            }
        }
    }

    /** A structure. */
    record OfStructure(List<OfMember> members) implements Check {
        @Override
        public void run(Object value, Place place, Violations violations) {
            for (OfMember member : members) {
                member.run((SdkPojo) value, Place.member(place, member.name()), violations);
            }
        }
    }

    /**
     * A member of a structure.
     *
     * @param check what is checked if it is there; null for nothing
     */
    record OfMember(
            String name,
            SdkField<?> field,
            boolean required,
            @Nullable Check check) {
        void run(SdkPojo structure, Place place, Violations violations) {
            Object value = field.getValueOrDefault(structure);
            if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
                if (required) {
                    violations.missing(place);
                }
            } else if (check != null) {
                check.run(value, place, violations);
            }
        }
    }
}
