package dev.keyward.contract;

/** One change of what an {@link IdentityStore} keeps. Immutable and thread-safe. */
public sealed interface IdentityChange {
    /** Adds a user or role, which is at version 1. Its name must be free in its account. */
    record Insert(IdentityRecord identity) implements IdentityChange {}

    /** Puts a user or role in the place of its row, if that is still at its version, and raises the version by one. */
    record Update(IdentityRecord identity) implements IdentityChange {}

    /** Deletes a user with its access keys, or a role, if it is still at that version. */
    record Delete(IdentityRecord identity) implements IdentityChange {}

    /** Adds an access key, or puts it in the place of the one with the same id. Its user must be there. */
    record PutAccessKey(AccessKeyRecord accessKey) implements IdentityChange {}

    /** Takes an access key away; does nothing if it is gone. */
    record DeleteAccessKey(String id) implements IdentityChange {}
}
