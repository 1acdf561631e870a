package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteStore;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a server and a command that works on a home by itself both stand on.
 *
 * @param home held by this process
 * @param token logged in to
 * @param store opened, and brought to this version
 * @param serviceKeys found in the token, or made
 * @param rows looked at, and opened
 * @param audit ready to be written to
 */
record Foundations(
        KeywardHome home, Token token, SqliteStore store, Sealer serviceKeys, StoredRows rows, AuditTrail audit) {
    /**
     * Opens all of it, to be closed by {@code opened}.
     *
     * @throws StartException if any of it cannot be opened
     */
    static Foundations open(KeywardConfiguration configuration, InstantSource clock, ClosingStack opened) {
        return open(configuration, clock, opened, StoredRows::open);
    }

    /** Does the same, with rows that are opened in that way. */
    static Foundations open(
            KeywardConfiguration configuration,
            InstantSource clock,
            ClosingStack opened,
            Consumer<StoredRows> opening) {
        KeywardHome home = opened.add(KeywardHome.hold(configuration.home()));
        Token token = opened.add(TokenOpener.open(configuration.token()));
        SqliteStore store = opened.add(openStore(home));
        Sealer serviceKeys = openSealer(store, token);
        StoredRows rows = openRows(home, store, serviceKeys, opening);
        AuditTrail audit = opened.add(openAudit(home, configuration, clock, store, rows, serviceKeys));
        return new Foundations(home, token, store, serviceKeys, rows, audit);
    }

    /**
     * Opens only what is needed to look at the rows, to be closed by {@code opened}.
     *
     * @throws StartException if any of it cannot be opened
     */
    static StoredRows rows(KeywardConfiguration configuration, ClosingStack opened) {
        KeywardHome home = opened.add(KeywardHome.hold(configuration.home()));
        Token token = opened.add(TokenOpener.open(configuration.token()));
        SqliteStore store = opened.add(openStore(home));
        return openRows(home, store, openSealer(store, token), rows -> {});
    }

    private static StoredRows openRows(
            KeywardHome home, SqliteStore store, Sealer serviceKeys, Consumer<StoredRows> opening) {
        try {
            StoredRows rows = new StoredRows(home.directory(), store, serviceKeys);
            opening.accept(rows);
            return rows;
        } catch (StoreException | AuditException | TokenException e) {
            throw new StartException("the database cannot be used: " + e.getMessage(), e);
        }
    }

    private static SqliteStore openStore(KeywardHome home) {
        try {
            return SqliteStore.open(home.database());
        } catch (StoreException e) {
            throw new StartException("the database cannot be used: " + e.getMessage(), e);
        }
    }

    private static AuditTrail openAudit(
            KeywardHome home,
            KeywardConfiguration configuration,
            InstantSource clock,
            SqliteStore store,
            StoredRows rows,
            Sealer serviceKeys) {
        try {
            return AuditTrail.open(
                    home.directory(),
                    configuration.audit().trail(),
                    clock,
                    store.auditChains(),
                    rows::changes,
                    serviceKeys.sealingFor(ServicePurpose.AUDIT));
        } catch (AuditException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private static Sealer openSealer(SqliteStore store, Token token) {
        try {
            return Sealer.open(store, token);
        } catch (IllegalStateException e) {
            throw new StartException(e.getMessage(), e);
        }
    }
}
