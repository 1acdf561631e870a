package dev.keyward.kms.validation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.json.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Checks the requests of one operation against the table of members. Immutable and thread-safe. */
public final class Validator {
    private final List<Check.OfMember> members;
    private final List<Place> places;

    private Validator(List<Check.OfMember> members) {
        this.members = members;
        this.places = members.stream()
                .map(member -> Place.member(null, member.name()))
                .toList();
    }

    /**
     * Compiles the rows of an operation.
     *
     * @param request the shape of the SDK's request class, with no member that the table does not know
     * @throws IllegalStateException if a row has no such member in the SDK, or one of another type
     */
    public static Validator of(String operation, Shape.Structure request, MemberTable table) {
        return new Validator(new Compiler(operation, table).members(request));
    }

    /**
     * Checks a request.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} and AWS KMS's wording for all that is wrong
     */
    public void validate(SdkPojo request) {
        Violations violations = new Violations();
        for (int i = 0; i < members.size(); i++) {
            members.get(i).run(request, places.get(i), violations);
        }
        violations.refuseIfAny();
    }

    /** Walks an operation's rows and the SDK's shape side by side. */
    private record Compiler(String operation, MemberTable table) {
        /** The checks of a structure's members, in the order of the table, which the messages follow. */
        List<Check.OfMember> members(Shape.Structure structure) {
            List<Check.OfMember> members = new ArrayList<>();
            for (MemberRow row : table.rows(operation).values()) {
                if (isMember(row, structure)) {
                    Check.OfMember member = member(row, structure);
                    if (member.required() || member.check() != null) {
                        members.add(member);
                    }
                }
            }
            return List.copyOf(members);
        }

        private static boolean isMember(MemberRow row, Shape.Structure structure) {
            String path = row.member();
            return path.startsWith(structure.path())
                    && path.indexOf('.', structure.path().length()) < 0
                    && !path.endsWith("[]");
        }

        private Check.OfMember member(MemberRow row, Shape.Structure structure) {
            String name = row.member().substring(structure.path().length());
            Shape.Member member = structure.members().get(name);
            if (member == null) {
                throw new IllegalStateException("the SDK lacks " + operation + " " + row.member());
            }
            return new Check.OfMember(name, member.field(), row.required(), check(row, member.shape()));
        }

        private @Nullable Check check(MemberRow row, Shape shape) {
            requireSameType(row, shape);
            Check.OfValue whole = new Check.OfValue(Constraint.of(row));
            return switch (shape) {
                case Shape.Scalar _, Shape.MapOf _ -> whole.constraints().isEmpty() ? null : whole;
                case Shape.Structure structure -> new Check.OfStructure(members(structure));
                case Shape.ListOf list -> {
                    MemberRow element =
                            Objects.requireNonNull(table.find(operation, row.member() + "[]"), row.member());
                    requireSameType(element, list.element());
                    yield list.element() instanceof Shape.Structure structure
                            ? new Check.OfStructures(whole, new Check.OfStructure(members(structure)))
                            : new Check.OfScalars(whole, Constraint.of(element));
                }
            };
        }

        private static void requireSameType(MemberRow row, Shape shape) {
            MemberRow.Type type = switch (shape) {
                case Shape.Scalar scalar -> MemberRow.Type.valueOf(scalar.name());
                case Shape.ListOf _ -> MemberRow.Type.LIST;
                case Shape.MapOf _ -> MemberRow.Type.CONTEXT;
                case Shape.Structure _ -> MemberRow.Type.STRUCTURE;
            };
            if (type != row.type()) {
                throw new IllegalStateException("the SDK has another type for " + row.operation() + " " + row.member());
            }
        }
    }
}
