package dev.keyward.store;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables and indexes that the migrations make, and nothing besides. A row is sealed as the database has it after it was
 * written; so nothing must be there that writes along, such as a trigger, or a foreign key that somebody else has put in
 * the place of ours.
 */
final class Schema {
    /** Of what {@link #text} gives after all migrations. A new migration brings a new value. */
    static final String SHA_256 = "2aef1c38e2940e24975fa93d7a01dcb158685c980b23157eeeb8eb1ad8ab58d2";

    /** All but Flyway's own table, whose form is that of the version of Flyway that made it. */
    private static final String OBJECTS = """
            SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_master
            WHERE NOT (tbl_name = 'flyway_schema_history' AND type IN ('table', 'index'))
            ORDER BY type, name
            """;

    private static final String STRANGE = """
            SELECT type || ' ' || name FROM sqlite_master WHERE type NOT IN ('table', 'index') ORDER BY type, name
            """;

    private Schema() {}

    /** What the database says of its own form. */
    static String text(Handle handle) {
        return String.join("\n", handle.createQuery(OBJECTS).mapTo(String.class).list());
    }

    /** Whether that is the form that the migrations gave it. */
    static boolean isOurs(Handle handle) {
        return sha256(text(handle)).equals(SHA_256);
    }

    /** @throws StoreException with {@link Reason#NOT_AUTHENTIC} if it is not */
    static void requireOurs(Handle handle) {
        if (!isOurs(handle)) {
            throw new StoreException(Reason.NOT_AUTHENTIC, fault(handle));
        }
    }

    /** What is wrong if it is not. */
    static String fault(Handle handle) {
        List<String> strange = handle.createQuery(STRANGE).mapTo(String.class).list();
        return "the database is not of the form that Keyward gave it"
                + (strange.isEmpty() ? "" : ": it has " + String.join(", ", strange));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
