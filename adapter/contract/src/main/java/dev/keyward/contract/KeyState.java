package dev.keyward.contract;

/**
 * How a key stands. Never stored: it is a function of a {@link KeyRecord}'s facts and the time. The names are AWS KMS's.
 */
public enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_IMPORT("PendingImport"),
    PENDING_DELETION("PendingDeletion"),
    UNAVAILABLE("Unavailable"),
    CREATING("Creating"),
    UPDATING("Updating");

    private final String awsName;

    KeyState(String awsName) {
        this.awsName = awsName;
    }

    /** The name as AWS KMS spells it in {@code KeyMetadata}. */
    public String awsName() {
        return awsName;
    }
}
