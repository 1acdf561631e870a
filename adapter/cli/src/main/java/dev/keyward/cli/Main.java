package dev.keyward.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The process behind {@code keyward}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(System.getenv(), out, err, InstantSource.system());
        System.exit(KeywardCommandLine.run(surroundings, arguments));
    }
}
