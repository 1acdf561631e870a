package dev.keyward.store;

import dev.keyward.contract.InstallationId;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** The one row that names this installation. */
final class InstallationTable {
    private static final String DRAW = """
            INSERT INTO installation (only_row, id) VALUES (TRUE, :id) ON CONFLICT (only_row) DO NOTHING
            """;
    private static final String FIND = "SELECT id FROM installation";
    private static final int LENGTH_BYTES = 8;

    private InstallationTable() {}

    /** The installation's id, drawn if this store is new. */
    static InstallationId findOrDraw(Handle handle) {
        byte[] drawn = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(drawn);
        handle.createUpdate(DRAW).bind("id", HexFormat.of().formatHex(drawn)).execute();
        return find(handle);
    }

    /** The installation's id. */
    static InstallationId find(Handle handle) {
        return new InstallationId(handle.createQuery(FIND).mapTo(String.class).one());
    }
}
