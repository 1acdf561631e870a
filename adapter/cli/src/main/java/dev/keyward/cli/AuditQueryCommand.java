package dev.keyward.cli;

import dev.keyward.audit.TrailQuery;
import dev.keyward.boot.AuditInspection;
import dev.keyward.boot.KeywardConfiguration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds events in an audit trail. */
@Command(
        name = "query",
        description = {
            "Finds events in the audit trail and prints them, oldest first: a table of the last 100, or with --json all of"
                    + " them as they stand in the trail, one JSON object a line, in CloudTrail's form.",
            "",
            "It asks neither token nor database, and a server may run on the home meanwhile. So it does not tell whether"
                    + " what it finds is what was written: that is 'keyward audit verify'.",
            "",
            "The outcome is 'ok', the code of the error that was answered, or INTENT for an act that cannot be undone and"
                    + " was about to be done: its end is an event of its own.",
        },
        footer = {
            "Examples:",
            "  keyward audit query --key 1234abcd-12ab-34cd-56ef-1234567890ab --operation Decrypt",
            "  keyward audit query --principal anna --since 2026-02-03T00:00:00Z --until 2026-02-04T00:00:00Z",
            "  keyward audit query --json | jq 'select(.errorCode == \"AccessDeniedException\")'",
        })
final class AuditQueryCommand implements Callable<Integer> {
    private static final int DEFAULT_LAST = 100;

    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--directory", paramLabel = "DIR", description = "where the trail's files are; may be given again")
    private List<Path> directories = new ArrayList<>();

    @Option(names = "--key", paramLabel = "KEY", description = "a key's id or ARN, or an alias's name or ARN")
    private @Nullable String key;

    @Option(
            names = "--principal",
            paramLabel = "WHO",
            description = "a principal's ARN or unique id, its last part (a user's name), or an access key id")
    private @Nullable String principal;

    @Option(names = "--operation", paramLabel = "NAME", description = "the name of an operation, in any case")
    private @Nullable String operation;

    @Option(names = "--since", paramLabel = "TIME", description = "not before that time, as 2026-02-03T04:05:06Z")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "before that time")
    private @Nullable Instant until;

    @Option(names = "--json", description = "print the whole events, one a line")
    private boolean json;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "print the last N of those found (default: " + DEFAULT_LAST + " in a table, all with --json)")
    private @Nullable Integer last;

    AuditQueryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        TrailQuery query = new TrailQuery(key, principal, operation, since, until);
        Last found = new Last();
        long unreadable = AuditInspection.query(directories(), query, found::add);
        found.print();
        if (unreadable > 0) {
            throw new CommandException(
                    unreadable + " lines of the trail are no events: keyward audit verify says more");
        }
        return ExitCode.DONE;
    }

    /** Where directories are named no configuration is needed: a copy can be searched anywhere. */
    private List<Path> directories() {
        return directories.isEmpty()
                ? List.of(AuditInspection.directory(
                        KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file())
                                .home()))
                : directories;
    }

    /** The last events that were found, or all of them, printed at once where nothing speaks against it. */
    private final class Last {
        private final Deque<TrailQuery.Found> kept = new ArrayDeque<>();
        private final long most = last != null ? Math.max(0, last) : json ? Long.MAX_VALUE : DEFAULT_LAST;
        private long left;

        void add(TrailQuery.Found found) {
            if (json && most == Long.MAX_VALUE) {
                surroundings.out().println(found.line());
                return;
            }
            kept.add(found);
            if (kept.size() > most) {
                kept.remove();
                left++;
            }
        }

        void print() {
            if (json) {
                kept.forEach(found -> surroundings.out().println(found.line()));
                return;
            }
            TextTable table = new TextTable("time", "operation", "outcome", "principal", "resources", "request");
            kept.forEach(found -> table.row(
                    found.time().toString(),
                    printable(found.operation()),
                    printable(found.outcome()),
                    printable(found.principal()),
                    found.resources().stream().map(AuditQueryCommand::resource).collect(Collectors.joining(" ")),
                    printable(found.requestId())));
            table.lines().forEach(surroundings.out()::println);
            if (left > 0) {
                surroundings.err().println(left + " older events are not shown (--last N, --json)");
            }
        }
    }

    /** What stands in an ARN after account and Region: {@code key/...} or {@code alias/...}. */
    private static String resource(String arn) {
        return printable(arn.substring(arn.lastIndexOf(':') + 1));
    }

    /** What strangers sent, without anything that a terminal might obey. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                printable.append((char) c);
            } else {
                printable.append("\\u%04x".formatted(c));
            }
        });
        return printable.toString();
    }
}
