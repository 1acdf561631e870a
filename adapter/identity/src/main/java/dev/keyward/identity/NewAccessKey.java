package dev.keyward.identity;

/**
 * An access key that was just made: the only time that its secret is shown. Immutable and thread-safe.
 *
 * @param id what signatures name
 * @param secret what they are made with
 */
public record NewAccessKey(String id, String secret) {
    @Override
    public String toString() {
        return "NewAccessKey[" + id + "]";
    }
}
