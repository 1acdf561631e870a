package dev.keyward.conformance.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Identities in memory, for tests above the store. Safe for use by many threads at once. */
public final class InMemoryIdentityStore implements IdentityStore {
    @GuardedBy("this")
    private Rows rows = new Rows(new TreeMap<>(), new TreeMap<>());

    @Override
    public synchronized Optional<AccessKeyRecord> findAccessKey(String id) {
        return Optional.ofNullable(rows.accessKeys.get(id)).map(Microseconds::of);
    }

    @Override
    public synchronized List<AccessKeyRecord> listAccessKeys() {
        return rows.accessKeys.values().stream().map(Microseconds::of).toList();
    }

    @Override
    public synchronized Optional<IdentityRecord> findIdentity(String uniqueId) {
        return Optional.ofNullable(rows.identities.get(uniqueId));
    }

    @Override
    public synchronized Optional<IdentityRecord> findIdentity(
            AccountId account, IdentityRecord.Kind kind, String name) {
        return rows.named(account, kind, name);
    }

    @Override
    public synchronized List<IdentityRecord> listIdentities() {
        return rows.identities.values().stream()
                .sorted(Comparator.comparing(
                                (IdentityRecord identity) -> identity.account().value())
                        .thenComparing(IdentityRecord::kind)
                        .thenComparing(IdentityRecord::name))
                .toList();
    }

    @Override
    public synchronized void change(List<IdentityChange> changes) {
        Rows changed = new Rows(new TreeMap<>(rows.accessKeys), new TreeMap<>(rows.identities));
        changes.forEach(changed::apply);
        rows = changed;
    }

    private record Rows(TreeMap<String, AccessKeyRecord> accessKeys, TreeMap<String, IdentityRecord> identities) {
        Optional<IdentityRecord> named(AccountId account, IdentityRecord.Kind kind, String name) {
            return identities.values().stream()
                    .filter(identity -> identity.account().equals(account)
                            && identity.kind() == kind
                            && identity.name().equals(name))
                    .findFirst();
        }

        void apply(IdentityChange change) {
            switch (change) {
                case IdentityChange.Insert(IdentityRecord identity) -> insert(identity);
                case IdentityChange.Update(IdentityRecord identity) -> {
                    requireVersion(identity);
                    identities.put(
                            identity.uniqueId(), Microseconds.of(identity).atVersion(identity.version() + 1));
                }
                case IdentityChange.Delete(IdentityRecord identity) -> {
                    requireVersion(identity);
                    identities.remove(identity.uniqueId());
                    accessKeys
                            .values()
                            .removeIf(accessKey -> identity.uniqueId().equals(accessKey.userId()));
                }
                case IdentityChange.PutAccessKey(AccessKeyRecord accessKey) -> {
                    String userId = accessKey.userId();
                    if (userId != null && !identities.containsKey(userId)) {
                        throw new StoreException(Reason.STALE, "the user of " + accessKey + " is gone");
                    }
                    accessKeys.put(accessKey.id(), Microseconds.of(accessKey));
                }
                case IdentityChange.DeleteAccessKey(String id) -> accessKeys.remove(id);
            }
        }

        private void insert(IdentityRecord identity) {
            if (identity.version() != 1) {
                throw new IllegalArgumentException("a new identity is at version 1, not " + identity.version());
            }
            if (identities.containsKey(identity.uniqueId())
                    || named(identity.account(), identity.kind(), identity.name())
                            .isPresent()) {
                throw new StoreException(Reason.EXISTS, identity.arn() + " is taken");
            }
            identities.put(identity.uniqueId(), Microseconds.of(identity));
        }

        private void requireVersion(IdentityRecord identity) {
            IdentityRecord present = identities.get(identity.uniqueId());
            if (present == null || present.version() != identity.version()) {
                throw new StoreException(Reason.STALE, identity.arn() + " has changed or is gone");
            }
        }
    }
}
