package dev.keyward.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the environment
 * @param out standard output: what was asked for
 * @param err standard error: everything else
 * @param clock the time
 */
record Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err, InstantSource clock) {
    /** Who gave the command: the name of this host's user. */
    String operator() {
        return System.getProperty("user.name", "unknown");
    }

    /** Whether a person wants to see where an error came from. */
    boolean debug() {
        return "true".equals(environment.get("KEYWARD_DEBUG"));
    }
}
