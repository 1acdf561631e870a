package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AuditException;
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
    private final Sealer serviceKeys;

    /** How many changes the audit trail knew of at the start: it never says fewer later. */
    private final long recorded;

    /** @throws AuditException if the trail cannot be read */
    StoredRows(Path home, SqliteStore store, Sealer serviceKeys) {
        this.store = store;
        this.serviceKeys = serviceKeys;
        recorded = AuditTrail.lastRowChanges(home);
    }

    /**
     * What is wrong with them, a sentence each; empty if nothing is. Changes nothing, and lets them be read.
     *
     * @throws StoreException if they cannot be looked at
     */
    List<String> faults() {
        List<String> faults = store.examineRows(serviceKeys.sealingFor(ServicePurpose.ROW_SEALS));
        if (faults.isEmpty() && store.rowChanges() < recorded) {
            return List.of(
                    "the rows are those of an earlier time: they have seen %d changes, and the audit trail knows of %d"
                            .formatted(store.rowChanges(), recorded));
        }
        return faults;
    }

    /**
     * Lets them be read and written.
     *
     * @throws StartException if anything is wrong with them
     */
    void open() {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw new StartException(
                    "the database is not as Keyward left it: " + String.join("; ", faults)
                            + ". If somebody you trust has restored or repaired it, 'keyward accept-database' takes it as it is");
        }
        store.openRows(serviceKeys.sealingFor(ServicePurpose.ROW_SEALS));
    }

    /** Takes them as they are, whatever is wrong with them, and lets them be read and written. */
    void accept() {
        store.acceptRows(serviceKeys.sealingFor(ServicePurpose.ROW_SEALS), recorded);
    }

    /** How many changes they have seen, as the audit trail keeps it. */
    long changes() {
        return Math.max(recorded, store.rowChanges());
    }
}
