package dev.keyward.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;

/** How a command ended and what it said. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(String... arguments) {
        return in(Map.of(), arguments);
    }

    static CommandRun in(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment, new PrintWriter(out, true), new PrintWriter(err, true), InstantSource.system());
        int exitCode = KeywardCommandLine.run(surroundings, arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
