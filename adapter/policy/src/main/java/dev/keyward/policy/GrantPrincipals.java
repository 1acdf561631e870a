package dev.keyward.policy;

import dev.keyward.policy.Principal.Account;
import dev.keyward.policy.Principal.Identity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The principals of a grant. It names an account, a user, a role, or a session of a role by ARN, and means whoever had that
 * ARN when it was created, whom it knows by unique id.
 *
 * <p>Source: AWS KMS API Reference, "CreateGrant".
 */
public final class GrantPrincipals {
    private static final String ARN = "arn:";
    private static final String SESSION = ":assumed-role/";

    private GrantPrincipals() {}

    /**
     * The unique id of a principal, in the form of {@link dev.keyward.contract.CallingPrincipal#userId}; empty if there is
     * no such principal, or a grant cannot name it.
     *
     * @param uniqueIds the unique ids of users and roles by ARN; of a session's ARN, that of its role
     */
    public static Optional<String> id(String arn, Map<String, String> uniqueIds) {
        Principal principal = arn.startsWith(ARN) ? Principal.ofAws(arn).orElse(null) : null;
        return switch (principal) {
            case Account account -> Optional.of(account.id().value());
            case Identity _ ->
                Optional.ofNullable(uniqueIds.get(arn))
                        .map(id -> isSession(arn) ? id + ":" + arn.substring(arn.lastIndexOf('/') + 1) : id);
            case null, default -> Optional.empty();
        };
    }

    /** The principal that a grant means; empty if it means nobody. */
    static Optional<Principal> meant(@Nullable String arn, @Nullable String id) {
        if (arn == null || id == null) {
            return Optional.empty();
        }
        String identityId = isSession(arn) ? id.substring(0, id.lastIndexOf(':')) : id;
        return Principal.ofAws(arn)
                .map(principal -> principal instanceof Identity ? new Identity(arn, identityId) : principal);
    }

    private static boolean isSession(String arn) {
        return arn.contains(SESSION);
    }
}
