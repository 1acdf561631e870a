package dev.keyward.contract;

import java.util.List;
import java.util.Optional;

/**
 * Who there is, and who may sign. Safe for use by many threads at once. What a method returned as written is on disk; a
 * read sees every write that returned before the read began. Failures are {@link StoreException}s.
 */
public interface IdentityStore {
    /** The access key of that id, active or not. */
    Optional<AccessKeyRecord> findAccessKey(String id);

    /** All access keys, by id. */
    List<AccessKeyRecord> listAccessKeys();

    /** The user or role of that unique id. Answered from memory, as a rule. */
    Optional<IdentityRecord> findIdentity(String uniqueId);

    /** The user or role of that name, in exactly that case. */
    Optional<IdentityRecord> findIdentity(AccountId account, IdentityRecord.Kind kind, String name);

    /** All users and roles, by account, kind (users first) and name. */
    List<IdentityRecord> listIdentities();

    /**
     * Makes all of these changes, in their order, or none of them.
     *
     * @throws StoreException with {@link StoreException.Reason#EXISTS} if a name or unique id is taken, or {@link
     *     StoreException.Reason#STALE} if a user or role is at another version or gone
     */
    void change(List<IdentityChange> changes);

    /** Makes one change. */
    default void change(IdentityChange change) {
        change(List.of(change));
    }
}
