package dev.keyward.contract;

/**
 * The account and Region that a key, an alias or a grant belongs to. Every look-up in the store is made inside one.
 * Immutable and thread-safe.
 */
public record Scope(AccountId account, Region region) {
    /** The ARN of something of this scope, for instance {@code arn:aws:kms:us-east-1:111122223333:key/...}. */
    public String arn(String resource) {
        return "arn:aws:kms:" + region + ":" + account + ":" + resource;
    }
}
