package dev.keyward.store;

import dev.keyward.conformance.SoftwareSealing;
import dev.keyward.contract.Sealing;
import java.nio.file.Path;

/** Opens stores and their rows, which every process of these tests seals under the same key. */
final class Stores {
    static final Sealing SEALING = new SoftwareSealing(new byte[32]);

    private Stores() {}

    static SqliteStore open(Path file) {
        return opened(SqliteStore.open(file));
    }

    private static SqliteStore opened(SqliteStore store) {
        boolean opened = false;
        try {
            store.openRows(SEALING, 0);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }
}
