package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.GrantRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a grant allows: to use its key, to pass on part of what it allows, and to be retired.
 *
 * <p>Source: AWS KMS Developer Guide, "Grants in AWS KMS" and "Retiring and revoking grants"; AWS KMS API Reference,
 * "GrantConstraints" and "CreateGrant".
 */
public final class GrantRules {
    private static final String CREATE_GRANT = "CreateGrant";
    private static final String RETIRE_GRANT = "RetireGrant";

    private GrantRules() {}

    /**
     * What a grant is to be: the part of it that a parent grant limits.
     *
     * @param operations what it shall allow
     * @param encryptionContextEquals the whole encryption context that it shall require; null for no such constraint
     * @param encryptionContextSubset what it shall require of an encryption context; null for no such constraint
     */
    public record Terms(
            Set<String> operations,
            @Nullable Map<String, String> encryptionContextEquals,
            @Nullable Map<String, String> encryptionContextSubset) {
        /** Copies the set. */
        public Terms {
            operations = Set.copyOf(operations);
        }
    }

    /**
     * The grant, if it allows an operation on its key.
     *
     * @param operation for instance {@code ReEncryptFrom}
     * @param encryptionContext the request's encryption context; null for an operation that takes none, to which
     *     constraints do not apply
     */
    public static Optional<ApplicableGrant> using(
            GrantRecord grant, String operation, @Nullable Map<String, String> encryptionContext) {
        boolean allows = grant.operations().contains(operation)
                && !operation.equals(CREATE_GRANT)
                && !operation.equals(RETIRE_GRANT)
                && (encryptionContext == null || constraintsHold(grant, encryptionContext));
        return allows ? toGrantee(grant) : Optional.empty();
    }

    /**
     * The grant, if it allows its grantee to create another one of those terms: one that allows no more, under constraints
     * that are at least as strict.
     */
    public static Optional<ApplicableGrant> passingOn(GrantRecord grant, Terms wanted) {
        boolean allows = grant.operations().contains(CREATE_GRANT)
                && grant.operations().containsAll(wanted.operations())
                && isAtLeastAsStrict(wanted, grant);
        return allows ? toGrantee(grant) : Optional.empty();
    }

    /**
     * Whoever may retire the grant: its retiring principal, its grantee if it allows RetireGrant, and the accounts that
     * issued it and that own its key, which may delegate it.
     */
    public static List<ApplicableGrant> retiring(GrantRecord grant) {
        List<ApplicableGrant> all = new ArrayList<>(4);
        to(grant, GrantPrincipals.meant(grant.retiringPrincipal(), grant.retiringId()), true)
                .ifPresent(all::add);
        if (grant.operations().contains(RETIRE_GRANT)) {
            to(grant, grantee(grant), true).ifPresent(all::add);
        }
        to(grant, Principal.ofAws(grant.issuingAccount()), false).ifPresent(all::add);
        all.add(ofKeyOwner(grant.id(), grant.scope().account()));
        return all;
    }

    /** What every grant leaves to the account of its key: it may delegate to its principals. */
    public static ApplicableGrant ofKeyOwner(String grantId, AccountId owner) {
        return new ApplicableGrant(grantId, new Principal.Account(owner), false);
    }

    /**
     * Across accounts a grant needs an identity policy in the grantee's account, unless that account issued it and so
     * trusts the key.
     */
    private static Optional<ApplicableGrant> toGrantee(GrantRecord grant) {
        Optional<AccountId> issuer = Principal.ofAws(grant.issuingAccount()).flatMap(GrantRules::accountOf);
        Optional<Principal> grantee = grantee(grant);
        return to(grant, grantee, issuer.isPresent() && issuer.equals(grantee.flatMap(GrantRules::accountOf)));
    }

    private static Optional<Principal> grantee(GrantRecord grant) {
        return GrantPrincipals.meant(grant.granteePrincipal(), grant.granteeId());
    }

    private static Optional<ApplicableGrant> to(
            GrantRecord grant, Optional<Principal> principal, boolean sufficesAcrossAccounts) {
        return principal.map(allowed -> new ApplicableGrant(grant.id(), allowed, sufficesAcrossAccounts));
    }

    private static Optional<AccountId> accountOf(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> Optional.of(account.id());
            case Principal.Identity identity ->
                Optional.of(new AccountId(identity.arn().split(":", -1)[4]));
            case Principal.Everyone _,
                    Principal.UniqueId _,
                    Principal.Service _,
                    Principal.Federated _,
                    Principal.CanonicalUser _ -> Optional.empty();
        };
    }

    private static boolean constraintsHold(GrantRecord grant, Map<String, String> encryptionContext) {
        Map<String, String> whole = grant.encryptionContextEquals();
        Map<String, String> part = grant.encryptionContextSubset();
        return (whole == null || encryptionContext.equals(whole))
                && (part == null || holdsAll(encryptionContext, part));
    }

    private static boolean isAtLeastAsStrict(Terms wanted, GrantRecord grant) {
        Map<String, String> whole = grant.encryptionContextEquals();
        Map<String, String> part = grant.encryptionContextSubset();
        if (whole != null && !whole.equals(wanted.encryptionContextEquals())) {
            return false;
        }
        return part == null
                || holdsAll(wanted.encryptionContextEquals(), part)
                || holdsAll(wanted.encryptionContextSubset(), part);
    }

    private static boolean holdsAll(@Nullable Map<String, String> pairs, Map<String, String> part) {
        return pairs != null && pairs.entrySet().containsAll(part.entrySet());
    }
}
