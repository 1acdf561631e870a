package dev.keyward.http.sigv4;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallerIdentity;

/**
 * Who signs with an access key. Immutable and thread-safe.
 *
 * @param account the principal's account
 * @param principal the principal
 * @param standing whether the access key may sign
 * @param generation a text that is different whenever the secret is; not secret itself. Signing keys are kept under it,
 *     so a replaced secret is out of use at the next request
 * @param secret how to read the secret access key; asked only when no signing key of this generation is at hand
 */
public record SigningIdentity(
        AccountId account, CallerIdentity principal, Standing standing, String generation, Secret secret) {

    /** Whether an access key may sign. */
    public enum Standing {
        /** It may. */
        ACTIVE,
        /** It was switched off, and is answered as if it did not exist. */
        INACTIVE,
        /** Its session is over, which whoever signs with it is told. */
        EXPIRED
    }

    /** Lends a secret access key. */
    @FunctionalInterface
    public interface Secret {
        /** The secret access key in UTF-8, a new array at each call: whoever asked clears it. */
        byte[] reveal();
    }

    @Override
    public String toString() {
        return "SigningIdentity[" + principal.arn() + ", " + standing + "]";
    }
}
