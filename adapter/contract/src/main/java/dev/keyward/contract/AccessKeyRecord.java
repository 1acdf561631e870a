package dev.keyward.contract;

import java.time.Instant;

/**
 * An access key as the store keeps it. The secret is sealed under a service key, with the access key id and the account
 * as associated data. Thread-safe; the array is the record's own.
 *
 * @param id the access key id, which signatures name
 * @param account whose it is
 * @param principalArn who signs with it
 * @param root whether it is the installation's root identity
 * @param active whether it may sign
 * @param sealedSecret the secret access key, sealed
 * @param createdAt when it was made
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record AccessKeyRecord(
        String id,
        AccountId account,
        String principalArn,
        boolean root,
        boolean active,
        byte[] sealedSecret,
        Instant createdAt) {

    /** Says nothing of the secret, sealed or not. */
    @Override
    public String toString() {
        return "AccessKeyRecord[" + id + ", " + principalArn + (active ? "" : ", inactive") + "]";
    }
}
