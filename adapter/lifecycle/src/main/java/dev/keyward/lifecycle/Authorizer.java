package dev.keyward.lifecycle;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;

/** Decides who may do what. Thread-safe. */
interface Authorizer {
    /**
     * Answers before anything is looked up, from what a target says of itself: so that nobody learns of another account
     * what exists there.
     *
     * @throws KeywardException with {@link dev.keyward.contract.ErrorCode#ACCESS_DENIED}
     */
    void admit(Caller caller, Target target);

    /**
     * Answers for a resource that was found.
     *
     * @throws KeywardException with {@link dev.keyward.contract.ErrorCode#ACCESS_DENIED}
     */
    void authorize(Caller caller, Resources.Resolved resource);
}
