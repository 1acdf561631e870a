package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trust policy of a role: who may assume it. Like a key, a role obeys this policy alone: identity policies count only
 * where it lets their account decide. Immutable and thread-safe.
 *
 * <p>Source: AWS IAM User Guide, "Roles terms and concepts" and "How permissions work in role trust policies".
 *
 * @param owner the account whose role it belongs to
 * @param version the version of the language it is written in
 * @param id its {@code Id} element; null for none
 * @param statements its statements, at least one; each is about the role that it belongs to
 */
public record TrustPolicy(
        AccountId owner, PolicyVersion version, @Nullable String id, List<Statement> statements) implements Policy {
    /** The longest document, in bytes of UTF-8: AWS IAM's default quota. */
    public static final int MAXIMUM_LENGTH_BYTES = 2048;

    private static final String WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

    /** Copies the list. */
    public TrustPolicy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads and validates a policy document. Its statements name principals and actions of STS, and no resource.
     *
     * @param text the document, at most {@value #MAXIMUM_LENGTH_BYTES} bytes of JSON
     * @param owner the account whose role it is for
     * @throws dev.keyward.contract.KeywardException with {@link
     *     dev.keyward.contract.ErrorCode#MALFORMED_POLICY_DOCUMENT} and a message that says what and where
     */
    public static TrustPolicy parse(String text, AccountId owner) {
        PolicyReader.Document document = PolicyReader.read(text, PolicyForm.TRUST_POLICY);
        return new TrustPolicy(owner, document.version(), document.id(), document.statements());
    }

    @Override
    public String name() {
        return "trust policy";
    }

    /** The same policy, its users and roles bound to unique ids: see {@link KeyPolicy#boundTo}. */
    public TrustPolicy boundTo(Map<String, String> uniqueIds) {
        return new TrustPolicy(owner, version, id, Principals.boundTo(statements, uniqueIds));
    }

    /** The ARNs of the users and roles that it names. */
    public List<String> namedIdentities() {
        return Principals.identityArns(statements);
    }

    /**
     * Whether whoever an identity provider vouches for may assume the role.
     *
     * @param providerArn the provider, for instance {@code arn:aws:iam::111122223333:oidc-provider/idp.example.com}
     * @param context what the provider says of that one, as condition keys
     */
    public boolean allowsWebIdentity(String providerArn, String roleArn, RequestContext context) {
        return anyApplies(Effect.ALLOW, providerArn, roleArn, context)
                && !anyApplies(Effect.DENY, providerArn, roleArn, context);
    }

    private boolean anyApplies(Effect effect, String providerArn, String roleArn, RequestContext context) {
        PolicyVariables variables = PolicyVariables.of(version, context);
        return statements.stream()
                .anyMatch(statement -> statement.effect() == effect
                        && statement.principals().nameProvider(providerArn, effect == Effect.DENY)
                        && statement.covers(WITH_WEB_IDENTITY, roleArn, variables)
                        && statement.conditionsHold(context, variables));
    }
}
