package dev.keyward.conformance;

/** The end of the process at a chosen place, as a test plays it. An error, so that no code under test handles it. */
public final class SimulatedCrash extends Error {
    /** A crash at {@code where}. */
    public SimulatedCrash(String where) {
        super(where);
    }
}
