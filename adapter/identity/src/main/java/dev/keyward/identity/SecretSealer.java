package dev.keyward.identity;

import dev.keyward.contract.AccountId;

/** Seals secret access keys for the store, bound to what they are of. Safe for use by many threads at once. */
public interface SecretSealer {
    /** The secret, sealed. */
    byte[] seal(String accessKeyId, AccountId account, byte[] secret);

    /** The secret, a new array at each call: whoever asked clears it. */
    byte[] open(String accessKeyId, AccountId account, byte[] sealed);
}
