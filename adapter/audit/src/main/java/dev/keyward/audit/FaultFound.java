package dev.keyward.audit;

/** Ends a verification at the first fault. Caught where it began. */
final class FaultFound extends Exception {
    private final Verification.Fault fault;

    FaultFound(String place, String what) {
        super(place + ": " + what, null, false, false);
        fault = new Verification.Fault(place, what);
    }

    Verification.Fault fault() {
        return fault;
    }
}
