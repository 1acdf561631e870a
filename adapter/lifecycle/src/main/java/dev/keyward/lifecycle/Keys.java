package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Origin;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.Scope;
import dev.keyward.lifecycle.Request.Call;
import dev.keyward.policy.KeyPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is done with keys as such: create, describe, list, switch on and off, delete, policies. Thread-safe. */
public final class Keys {
    /** The one policy that a key has. */
    public static final String POLICY_NAME = "default";

    private static final int SHORTEST_DELETION_WINDOW_DAYS = 7;
    private static final int LONGEST_DELETION_WINDOW_DAYS = 30;

    /** The waiting period before a deletion if none is asked for. */
    public static final int DEFAULT_DELETION_WINDOW_DAYS = LONGEST_DELETION_WINDOW_DAYS;

    private final MetadataStore store;
    private final Materials materials;
    private final PrincipalDirectory principals;

    Keys(MetadataStore store, Materials materials, PrincipalDirectory principals) {
        this.store = store;
        this.materials = materials;
        this.principals = principals;
    }

    /**
     * What a new key shall be.
     *
     * @param policy its key policy; null for AWS KMS's default policy
     * @param bypassLockoutCheck whether the policy may lock everyone out
     */
    public record NewKey(
            KeySpec spec,
            KeyUsage usage,
            Origin origin,
            String description,
            @Nullable String policy,
            boolean bypassLockoutCheck,
            SequencedMap<String, String> tags) {}

    /** Creates a key. A generated key exists for others once its material does. */
    public KeyRecord create(Call call, NewKey wanted) {
        Tags.requireValid(wanted.tags(), Map.of());
        Scope scope = call.caller().scope();
        Limits.requireRoom(store.countKeys(scope), Limits.KEYS_PER_SCOPE, "KMS keys");
        KeyId id = KeyId.random();
        Accepted policy = wanted.policy() == null
                ? new Accepted(KeyPolicy.defaultText(scope.account()), Map.of())
                : accepted(wanted.policy(), call, id.arn(scope), wanted.bypassLockoutCheck());
        KeyRecord key = KeyRecord.builder(scope, id)
                .spec(wanted.spec())
                .usage(wanted.usage())
                .origin(wanted.origin())
                .description(wanted.description())
                .policy(policy.policy(), policy.uniqueIds())
                .createdAt(call.now())
                .tags(wanted.tags())
                .build();
        return switch (wanted.origin()) {
            case AWS_KMS -> materials.createWithKey(key, call.now());
            case EXTERNAL -> {
                store.insertKey(key);
                yield key;
            }
        };
    }

    /** How a key stands now. */
    public KeyState state(Call call, KeyRecord key) {
        return KeyStates.of(key, call.now());
    }

    /** The keys of the caller's account and Region. */
    public Listing<KeyId> list(Call call, @Nullable String marker, int limit) {
        String position = Markers.position(marker);
        if (position != null && !KeyId.isWellFormed(position)) {
            throw Markers.invalid();
        }
        KeyId after = position == null ? null : new KeyId(position);
        return Listing.of(store.listKeys(call.caller().scope(), after, limit), KeyId::value);
    }

    /** Switches a key on; a key that is on stays so. */
    public void enable(KeyRecord key) {
        if (!key.enabled()) {
            store.updateKey(key.toBuilder().enabled(true).build());
        }
    }

    /** Switches a key off; a key that is off stays so. Its subkeys are gone when this returns. */
    public void disable(KeyRecord key) {
        if (key.enabled()) {
            store.updateKey(key.toBuilder().enabled(false).build());
        }
        materials.forgetSubkeys(key);
    }

    /** Describes a key anew. */
    public void describe(KeyRecord key, String description) {
        store.updateKey(key.toBuilder().description(description).build());
    }

    /** Schedules a key's deletion, 7 to 30 days ahead. Its subkeys are gone when this returns. */
    public KeyRecord scheduleDeletion(Call call, KeyRecord key, @Nullable Integer askedWindowDays) {
        int windowDays = askedWindowDays == null ? DEFAULT_DELETION_WINDOW_DAYS : askedWindowDays;
        if (windowDays < SHORTEST_DELETION_WINDOW_DAYS || windowDays > LONGEST_DELETION_WINDOW_DAYS) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "PendingWindowInDays must be between %d and %d, inclusive."
                            .formatted(SHORTEST_DELETION_WINDOW_DAYS, LONGEST_DELETION_WINDOW_DAYS));
        }
        KeyRecord scheduled = store.updateKey(key.toBuilder()
                .deletion(call.now().plus(Duration.ofDays(windowDays)), windowDays)
                .build());
        materials.forgetSubkeys(scheduled);
        return scheduled;
    }

    /** Takes a scheduled deletion back. The key is left disabled. */
    public void cancelDeletion(KeyRecord key) {
        store.updateKey(key.toBuilder().noDeletion().enabled(false).build());
    }

    /** Replaces the key policy. */
    public void putPolicy(Call call, KeyRecord key, @Nullable String name, String policy, boolean bypassLockoutCheck) {
        requirePolicyName(name);
        Accepted accepted = accepted(policy, call, key.arn(), bypassLockoutCheck);
        store.updateKey(
                key.toBuilder().policy(accepted.policy(), accepted.uniqueIds()).build());
    }

    /** The key policy, as it was put. */
    public String policy(KeyRecord key, @Nullable String name) {
        requirePolicyName(name);
        return key.policy();
    }

    private static void requirePolicyName(@Nullable String name) {
        if (name != null && !name.equals(POLICY_NAME)) {
            throw new KeywardException(ErrorCode.NOT_FOUND, "No such policy exists");
        }
    }

    /** A policy that is allowed, with the unique ids of whom it names, who must be there: as AWS KMS has it. */
    private Accepted accepted(String policy, Call call, String keyArn, boolean bypassLockoutCheck) {
        KeyPolicy parsed = KeyPolicy.parse(policy, call.caller().scope().account());
        Map<String, String> uniqueIds = principals.uniqueIds(parsed.namedIdentities());
        for (String arn : parsed.namedIdentities()) {
            if (!uniqueIds.containsKey(arn)) {
                throw new KeywardException(
                        ErrorCode.MALFORMED_POLICY_DOCUMENT,
                        "Policy contains a statement with one or more invalid principals. There is no " + arn + ".");
            }
        }
        if (!bypassLockoutCheck && !parsed.boundTo(uniqueIds).leavesAWayToChangeIt(call.principal(), keyArn)) {
            throw new KeywardException(
                    ErrorCode.MALFORMED_POLICY_DOCUMENT,
                    "The new key policy will not allow you to update the key policy in the future.");
        }
        return new Accepted(policy, uniqueIds);
    }

    private record Accepted(String policy, Map<String, String> uniqueIds) {}
}
