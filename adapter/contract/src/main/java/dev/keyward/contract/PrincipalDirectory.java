package dev.keyward.contract;

/** Who the callers are. Safe for use by many threads at once; asked for every request, so it answers from memory. */
public interface PrincipalDirectory {
    /**
     * The principal that a caller is, with its policies as they stand now. The signature has been verified. A principal
     * that is gone meanwhile has no policies. Failures are {@link StoreException}s.
     */
    PrincipalRecord find(Caller caller);
}
