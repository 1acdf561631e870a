package dev.keyward.conformance.token;

/** The process died here. An error, so that no handler of exceptions takes it for an outcome. */
public final class SimulatedCrash extends Error {
    /** @param where the call that was cut off */
    public SimulatedCrash(String where) {
        super("simulated crash: " + where);
    }
}
