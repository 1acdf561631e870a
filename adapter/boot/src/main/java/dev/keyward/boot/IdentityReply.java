package dev.keyward.boot;

import dev.keyward.identity.NewAccessKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link IdentityCommand} ended. Immutable and thread-safe.
 *
 * @param columns what the rows' values are
 * @param rows what it has to say
 * @param accessKey the access key that it made; null for none
 * @param refusal why it did nothing, in one line; null if it did what it was asked to
 */
public record IdentityReply(
        List<String> columns,
        List<List<String>> rows,
        @Nullable NewAccessKey accessKey,
        @Nullable String refusal) {
    /** Copies the lists. */
    public IdentityReply {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static IdentityReply table(List<String> columns, List<List<String>> rows) {
        return new IdentityReply(columns, rows, null, null);
    }

    static IdentityReply done(String what) {
        return table(List.of("done"), List.of(List.of(what)));
    }

    static IdentityReply made(NewAccessKey accessKey) {
        return new IdentityReply(List.of(), List.of(), accessKey, null);
    }

    static IdentityReply refused(String why) {
        return new IdentityReply(List.of(), List.of(), null, why);
    }
}
