package dev.keyward.contract;

import java.util.List;
import java.util.Optional;

/**
 * Who may sign. Safe for use by many threads at once. What a method returned as written is on disk. Failures are {@link
 * StoreException}s.
 */
public interface IdentityStore {
    /** The access key of that id, active or not. */
    Optional<AccessKeyRecord> findAccessKey(String id);

    /** All access keys, by id. */
    List<AccessKeyRecord> listAccessKeys();

    /** Adds an access key, or puts it in the place of the one with the same id. */
    void putAccessKey(AccessKeyRecord accessKey);

    /** Takes an access key away; false if there was none. */
    boolean deleteAccessKey(String id);
}
