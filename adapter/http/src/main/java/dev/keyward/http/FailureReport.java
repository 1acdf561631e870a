package dev.keyward.http;

import org.jspecify.annotations.Nullable;

/**
 * A failure as it may be logged: classes and stack frames of it and its causes, without their messages, which could
 * quote a request.
 */
final class FailureReport {
    private static final int MAXIMUM_CAUSES = 8;

    private FailureReport() {}

    static String of(Throwable failure) {
        StringBuilder report = new StringBuilder();
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAXIMUM_CAUSES; depth++) {
            report.append(depth == 0 ? "" : "\ncaused by ")
                    .append(cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                report.append("\n    at ").append(frame);
            }
            cause = cause.getCause();
        }
        return report.toString();
    }
}
