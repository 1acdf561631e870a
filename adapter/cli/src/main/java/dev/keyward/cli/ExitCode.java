package dev.keyward.cli;

/** How a command can end, for scripts. */
final class ExitCode {
    /** It did what it was asked to. */
    static final int DONE = 0;
    /** It could not, or found a fault. */
    static final int FAILED = 1;
    /** It was called wrongly, or a setting is wrong: nothing was begun. */
    static final int WRONG_USE = 2;

    private ExitCode() {}
}
