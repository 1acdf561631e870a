package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.RoleTerms;
import dev.keyward.contract.IdentityStore;
import dev.keyward.identity.Difference.Sign;
import dev.keyward.policy.TrustPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done for there to be what is wanted. Whoever is wanted and there already keeps its unique id and its
 * access keys. Used once, by one thread.
 */
final class IdentityPlan {
    private final Map<String, IdentityRecord> present;
    private final Map<String, String> uniqueIds = new HashMap<>();
    private final Drawn drawn;
    private final Instant now;
    private final List<IdentityChange> changes = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    private IdentityPlan(List<IdentityRecord> present, Drawn drawn, Instant now) {
        this.present = present.stream()
                .collect(Collectors.toMap(
                        identity -> nameOf(identity.account(), identity.kind(), identity.name()),
                        identity -> identity));
        this.drawn = drawn;
        this.now = now;
    }

    /**
     * Makes a plan and changes nothing.
     *
     * @param wanted users and roles, each once
     * @param pruned the accounts of which nobody is left who is not wanted
     * @throws IdentityException if one of them cannot be as it is wanted
     */
    static IdentityPlan make(
            IdentityStore store, List<WantedIdentity> wanted, Set<AccountId> pruned, Drawn drawn, Instant now) {
        IdentityPlan plan = new IdentityPlan(store.listIdentities(), drawn, now);
        wanted.forEach(WantedIdentity::check);
        plan.refuseTwice(wanted);
        plan.remove(wanted, pruned);
        plan.assignUniqueIds(wanted);
        wanted.forEach(plan::bring);
        return plan;
    }

    List<IdentityChange> changes() {
        return changes;
    }

    List<Difference> differences() {
        return differences;
    }

    private void refuseTwice(List<WantedIdentity> wanted) {
        Set<String> names = new HashSet<>();
        for (WantedIdentity one : wanted) {
            if (!names.add(nameOf(one.account(), one.kind(), one.name()))) {
                throw new IdentityException(one.arn() + " is given twice");
            }
        }
    }

    private void remove(List<WantedIdentity> wanted, Set<AccountId> pruned) {
        Set<String> kept = wanted.stream()
                .map(one -> nameOf(one.account(), one.kind(), one.name()))
                .collect(Collectors.toSet());
        for (IdentityRecord identity : List.copyOf(present.values())) {
            String name = nameOf(identity.account(), identity.kind(), identity.name());
            if (pruned.contains(identity.account()) && !kept.contains(name)) {
                present.remove(name);
                changes.add(new IdentityChange.Delete(identity));
                differences.add(new Difference(Sign.REMOVED, identity.arn(), ""));
            }
        }
    }

    /** Before any trust policy is bound, since it may name whoever is made by this same plan. */
    private void assignUniqueIds(List<WantedIdentity> wanted) {
        present.values().forEach(identity -> uniqueIds.put(identity.arn(), identity.uniqueId()));
        for (WantedIdentity one : wanted) {
            uniqueIds.computeIfAbsent(one.arn(), _ -> switch (one.kind()) {
                case USER -> drawn.userId();
                case ROLE -> drawn.roleId();
            });
        }
    }

    private void bring(WantedIdentity wanted) {
        IdentityRecord found = present.get(nameOf(wanted.account(), wanted.kind(), wanted.name()));
        if (found == null) {
            IdentityRecord made = new IdentityRecord(
                    wanted.account(),
                    uniqueIds.getOrDefault(wanted.arn(), ""),
                    wanted.path(),
                    wanted.name(),
                    wanted.policies(),
                    wanted.tags(),
                    terms(wanted),
                    now,
                    1);
            changes.add(new IdentityChange.Insert(made));
            differences.add(new Difference(Sign.ADDED, made.arn(), ""));
            return;
        }
        if (!found.path().equals(wanted.path())) {
            throw new IdentityException(found.arn() + ": its path cannot be changed to " + wanted.path()
                    + ", since policies name it by that; delete it and make it again");
        }
        IdentityRecord changed = found.withPolicies(wanted.policies()).withTags(wanted.tags());
        RoleTerms terms = terms(wanted);
        if (terms != null) {
            changed = changed.withRole(terms);
        }
        if (!changed.equals(found)) {
            changes.add(new IdentityChange.Update(changed));
            differences.add(new Difference(Sign.CHANGED, found.arn(), whatChanged(found, changed)));
        }
    }

    private @Nullable RoleTerms terms(WantedIdentity wanted) {
        WantedIdentity.Trust trust = wanted.trust();
        if (trust == null) {
            return null;
        }
        String place = "role " + wanted.name();
        TrustPolicy policy = IdentityForms.checkTrustPolicy(place, trust.policy(), wanted.account());
        return new RoleTerms(trust.policy(), bound(place, policy), trust.longestSession());
    }

    private Map<String, String> bound(String place, TrustPolicy policy) {
        Map<String, String> bound = new HashMap<>();
        for (String arn : policy.namedIdentities()) {
            String uniqueId = uniqueId(arn);
            if (uniqueId == null) {
                throw new IdentityException(place + ": trust policy: there is no " + arn);
            }
            bound.put(arn, uniqueId);
        }
        return bound;
    }

    /** Of a session, that of its role, whose path a session's ARN leaves out. */
    private @Nullable String uniqueId(String arn) {
        String roleOfSession = UniqueIds.roleOfSession(arn).orElse(null);
        return roleOfSession == null
                ? uniqueIds.get(arn)
                : uniqueIds.entrySet().stream()
                        .filter(entry -> UniqueIds.isRoleNamed(entry.getKey(), roleOfSession))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
    }

    private static String whatChanged(IdentityRecord found, IdentityRecord changed) {
        List<String> parts = new ArrayList<>();
        if (!found.policies().equals(changed.policies())) {
            parts.add("policies");
        }
        if (!found.tags().equals(changed.tags())) {
            parts.add("tags");
        }
        RoleTerms before = found.role();
        RoleTerms after = changed.role();
        if (before != null && after != null) {
            if (!before.trustPolicy().equals(after.trustPolicy())) {
                parts.add("trust policy");
            } else if (!before.trustedIds().equals(after.trustedIds())) {
                parts.add("whom its trust policy means");
            }
            if (!before.longestSession().equals(after.longestSession())) {
                parts.add("longest session");
            }
        }
        return String.join(", ", parts);
    }

    private static String nameOf(AccountId account, IdentityRecord.Kind kind, String name) {
        return account + " " + kind + " " + name;
    }
}
