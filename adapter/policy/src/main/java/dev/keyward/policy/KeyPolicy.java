package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.CallingPrincipal.RootUser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key policy, validated. Immutable and thread-safe.
 *
 * @param owner the account whose key it belongs to
 * @param version the version of the language it is written in
 * @param id its {@code Id} element; null for none
 * @param statements its statements, at least one
 */
public record KeyPolicy(
        AccountId owner, PolicyVersion version, @Nullable String id, List<Statement> statements) implements Policy {
    /** The longest document, in bytes of UTF-8: AWS KMS's quota for a key policy. */
    public static final int MAXIMUM_LENGTH_BYTES = 32 * 1024;

    private static final String PUT_KEY_POLICY = "kms:PutKeyPolicy";

    /** Copies the list. */
    public KeyPolicy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads and validates a policy document. What it accepts is defined by AWS's policy grammar, as far as it belongs in
     * a key policy; elements, operators and principals that are unknown are refused.
     *
     * @param text the document, at most {@value #MAXIMUM_LENGTH_BYTES} bytes of JSON
     * @param owner the account whose key it is for
     * @throws dev.keyward.contract.KeywardException with {@link
     *     dev.keyward.contract.ErrorCode#MALFORMED_POLICY_DOCUMENT} and a message that says what and where
     */
    public static KeyPolicy parse(String text, AccountId owner) {
        PolicyReader.Document document = PolicyReader.read(text, PolicyForm.KEY_POLICY);
        return new KeyPolicy(owner, document.version(), document.id(), document.statements());
    }

    /** The ARNs of the users and roles that it names. */
    public List<String> namedIdentities() {
        return Principals.identityArns(statements);
    }

    /** The policy that a key gets when none is given: the account's own identity policies decide. As AWS lays it out. */
    public static String defaultText(AccountId owner) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "%s"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(rootArn(owner));
    }

    @Override
    public String name() {
        return "key policy";
    }

    /**
     * The same policy, its users and roles bound to unique ids: a user or role made again under an old name is then not
     * whom it means.
     *
     * @param uniqueIds the unique ids by ARN, as they were when the policy was stored; an ARN without one stays unbound
     */
    public KeyPolicy boundTo(Map<String, String> uniqueIds) {
        return new KeyPolicy(owner, version, id, Principals.boundTo(statements, uniqueIds));
    }

    /**
     * The policy lockout safety check: whether this policy allows the caller, or the owning account's root user, to put
     * another policy in its place, and does not deny it to the caller. Conditions depend on a later request, so a
     * statement that allows under conditions is taken to allow, and one that denies under conditions not to deny.
     *
     * @param caller who puts this policy
     * @param keyArn the key that it is for
     */
    public boolean leavesAWayToChangeIt(CallingPrincipal caller, String keyArn) {
        PolicyVariables variables = PolicyVariables.of(version, RequestContext.EMPTY);
        boolean allowed = false;
        for (Statement statement : statements) {
            if (!statement.covers(PUT_KEY_POLICY, keyArn, variables)) {
                continue;
            }
            boolean isAboutCaller = statement.principals().reach(caller).isPresent();
            switch (statement.effect()) {
                case ALLOW -> allowed |= isAboutCaller || isAboutOwner(statement);
                case DENY -> {
                    if (isAboutCaller && statement.conditions().isEmpty()) {
                        return false;
                    }
                }
            }
        }
        return allowed;
    }

    private boolean isAboutOwner(Statement statement) {
        return statement.principals().reach(new RootUser(owner)).isPresent();
    }

    private static String rootArn(AccountId account) {
        return "arn:aws:iam::" + account + ":root";
    }
}
