package dev.keyward.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy that belongs to a user or role and says what that one may do: so its statements name no principal. A session
 * policy, which limits what a session may do, is written in the same way. Immutable and thread-safe.
 *
 * @param name what it is called
 * @param version the version of the language it is written in
 * @param id its {@code Id} element; null for none
 * @param statements its statements, at least one; each is about whoever the policy belongs to
 */
public record IdentityPolicy(
        String name, PolicyVersion version, @Nullable String id, List<Statement> statements) implements Policy {
    /** The longest document, in bytes of UTF-8: AWS IAM's quota for the policies of a role. */
    public static final int MAXIMUM_LENGTH_BYTES = 10 * 1024;

    /** Copies the list. */
    public IdentityPolicy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads and validates a policy document. What it accepts is defined by AWS's policy grammar; elements and operators
     * that are unknown are refused.
     *
     * @param name what the policy is called
     * @param text the document, at most {@value #MAXIMUM_LENGTH_BYTES} bytes of JSON
     * @throws dev.keyward.contract.KeywardException with {@link
     *     dev.keyward.contract.ErrorCode#MALFORMED_POLICY_DOCUMENT} and a message that says what and where
     */
    public static IdentityPolicy parse(String name, String text) {
        PolicyReader.Document document = PolicyReader.read(text, PolicyForm.IDENTITY_POLICY);
        return new IdentityPolicy(name, document.version(), document.id(), document.statements());
    }
}
