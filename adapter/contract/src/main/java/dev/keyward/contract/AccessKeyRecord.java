package dev.keyward.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access key as the store keeps it. The secret is sealed under a service key, with the access key id and the account
 * as associated data. Thread-safe; the array is the record's own.
 *
 * @param id the access key id, which signatures name
 * @param account whose it is
 * @param userId the unique id of the user who signs with it; null for the root user of the account
 * @param source where it comes from
 * @param active whether it may sign
 * @param sealedSecret the secret access key, sealed
 * @param createdAt when it was made
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record AccessKeyRecord(
        String id,
        AccountId account,
        @Nullable String userId,
        Source source,
        boolean active,
        byte[] sealedSecret,
        Instant createdAt) {

    /** Who asked for an access key, and so may take it away. */
    public enum Source {
        /** It is the root identity of the installation, of which there is one. */
        ROOT,
        /** The configuration lists it; when it no longer does, the next start takes it away. */
        CONFIGURATION,
        /** A command made it. */
        COMMAND
    }

    /** The same, active or not. */
    public AccessKeyRecord withActive(boolean changed) {
        return new AccessKeyRecord(id, account, userId, source, changed, sealedSecret, createdAt);
    }

    /** Says nothing of the secret, sealed or not. */
    @Override
    public String toString() {
        return "AccessKeyRecord[" + id + ", account " + account + ", " + source + (active ? "" : ", inactive") + "]";
    }
}
