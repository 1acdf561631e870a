package dev.keyward.boot;

/**
 * What one check found. Immutable and thread-safe.
 *
 * @param check what was checked
 * @param verdict how it stands
 * @param detail what was seen, and for a fault what to do
 */
public record Finding(String check, Verdict verdict, String detail) {
    /** How something stands. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** Worth knowing, and no fault. */
        NOTE,
        /** It could not be looked at. */
        NOT_CHECKED,
        /** Wrong: somebody must do something. */
        FAULT
    }

    static Finding good(String check, String detail) {
        return new Finding(check, Verdict.GOOD, detail);
    }

    static Finding note(String check, String detail) {
        return new Finding(check, Verdict.NOTE, detail);
    }

    static Finding notChecked(String check, String detail) {
        return new Finding(check, Verdict.NOT_CHECKED, detail);
    }

    static Finding fault(String check, String detail) {
        return new Finding(check, Verdict.FAULT, detail);
    }
}
