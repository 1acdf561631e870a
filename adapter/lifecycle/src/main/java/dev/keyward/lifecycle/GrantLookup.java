package dev.keyward.lifecycle;

import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.policy.ApplicableGrant;
import dev.keyward.policy.GrantRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the grants that allow a request, whether or not it brings their tokens: a grant holds from the moment that
 * CreateGrant is answered until it is retired or revoked. Thread-safe.
 */
final class GrantLookup {
    private static final String ACTION_PREFIX = "kms:";
    private static final int PAGE = 1000;

    private final MetadataStore store;

    GrantLookup(MetadataStore store) {
        this.store = store;
    }

    /** The grants that allow a caller an action on a key. */
    List<ApplicableGrant> applicable(
            KeyRecord key, Target target, CallingPrincipal caller, GrantRules.@Nullable Terms wanted) {
        String operation = target.action().substring(ACTION_PREFIX.length());
        if (!GrantOperations.contains(operation)) {
            return List.of();
        }
        EncryptionContext context = target.encryptionContext();
        Map<String, String> pairs = context == null ? null : context.pairs();
        return grantees(caller)
                .flatMap(grantee -> grantsOf(key, grantee).stream())
                .map(grant -> wanted == null
                        ? GrantRules.using(grant, operation, pairs)
                        : GrantRules.passingOn(grant, wanted))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whoever may retire a grant; of one that there is not, the key's account, which may learn that. */
    List<ApplicableGrant> retiring(KeyRecord key, String grantId) {
        return store.findGrant(key.scope(), grantId)
                .filter(grant -> grant.key().equals(key.id()))
                .map(GrantRules::retiring)
                .orElseGet(
                        () -> List.of(GrantRules.ofKeyOwner(grantId, key.scope().account())));
    }

    /** The unique ids that a caller may be granted something under. */
    private static Stream<String> grantees(CallingPrincipal caller) {
        return Stream.of(caller.userId(), caller.identityId(), caller.account().value())
                .distinct();
    }

    private List<GrantRecord> grantsOf(KeyRecord key, String granteeId) {
        List<GrantRecord> grants = new ArrayList<>();
        Page<GrantRecord> page;
        do {
            String after = grants.isEmpty() ? null : grants.getLast().id();
            page = store.listGrants(key.scope(), key.id(), null, granteeId, null, after, PAGE);
            grants.addAll(page.items());
        } while (page.more());
        return grants;
    }
}
