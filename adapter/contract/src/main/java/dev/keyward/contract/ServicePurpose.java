package dev.keyward.contract;

/** What a service key is for: one purpose each, so that nothing sealed for one can be opened as another. */
public enum ServicePurpose {
    IMPORT_TOKEN("import-token"),
    GRANT_TOKEN("grant-token"),
    IDENTITY_SECRET("identity-secret"),
    SESSION_TOKEN("session-token"),
    AUDIT("audit"),
    ROW_SEALS("row-seals");

    private final String label;

    ServicePurpose(String label) {
        this.label = label;
    }

    /** The name in a token object's label and in the store. */
    public String label() {
        return label;
    }
}
