package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.StoreException;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a home's database, before anything is decided by them. They must be those that Keyward wrote, and no older
 * than the audit trail says. Used once, by one thread.
 */
final class StoredRows {
    private final SqliteStore store;
    private final Sealing sealing;

    /** How many changes the audit trail knew of at the start: it never says fewer later. */
    private final long recorded;

    /** @throws AuditException if the trail cannot be read */
    StoredRows(Path home, SqliteStore store, Sealer serviceKeys) {
        this.store = store;
        sealing = serviceKeys.sealingFor(ServicePurpose.ROW_SEALS);
        recorded = AuditTrail.lastRowChanges(home);
    }

    /**
     * What is wrong with them, a sentence each; empty if nothing is. Changes nothing, and lets them be read.
     *
     * @throws StoreException if they cannot be looked at
     */
    List<String> faults() {
        return store.examineRows(sealing, recorded);
    }

    /**
     * Lets them be read and written.
     *
     * @throws StartException if anything is wrong with them
     * @throws StoreException if they cannot be looked at
     */
    void open() {
        try {
            store.openRows(sealing, recorded);
        } catch (StoreException refusal) {
            if (refusal.reason() != StoreException.Reason.NOT_AUTHENTIC) {
                throw refusal;
            }
            throw new StartException(
                    "the database is not as Keyward left it: " + refusal.getMessage()
                            + ". If somebody you trust has restored or repaired it, 'keyward accept-database' takes it as it is",
                    refusal);
        }
    }

    /** Takes them as they are, whatever is wrong with them, and lets them be read and written. */
    void accept() {
        store.acceptRows(sealing, recorded);
    }

    /** How many changes they have seen, as the audit trail keeps it. */
    long changes() {
        return Math.max(recorded, store.rowChanges());
    }
}
