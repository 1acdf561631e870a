package dev.keyward.conformance.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.IdentityStore;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Access keys in memory, for tests above the store. Safe for use by many threads at once. */
public final class InMemoryIdentityStore implements IdentityStore {
    @GuardedBy("this")
    private final TreeMap<String, AccessKeyRecord> accessKeys = new TreeMap<>();

    @Override
    public synchronized Optional<AccessKeyRecord> findAccessKey(String id) {
        return Optional.ofNullable(accessKeys.get(id)).map(Microseconds::of);
    }

    @Override
    public synchronized List<AccessKeyRecord> listAccessKeys() {
        return accessKeys.values().stream().map(Microseconds::of).toList();
    }

    @Override
    public synchronized void putAccessKey(AccessKeyRecord accessKey) {
        accessKeys.put(accessKey.id(), Microseconds.of(accessKey));
    }

    @Override
    public synchronized boolean deleteAccessKey(String id) {
        return accessKeys.remove(id) != null;
    }
}
