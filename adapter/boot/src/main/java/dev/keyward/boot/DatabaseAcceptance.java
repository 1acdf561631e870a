package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Scope;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Takes a database as it is whose rows are not those that Keyward left: one that was restored from a backup, that somebody
 * repaired, or that a Keyward wrote which did not seal rows. Stateless.
 */
public final class DatabaseAcceptance {
    private DatabaseAcceptance() {}

    /**
     * What is wrong with the rows of a home's database, a sentence each; empty if nothing is. Brings an older database up
     * to date, and changes no row.
     *
     * @throws StartException if the home cannot be opened, for instance because a server runs on it
     */
    public static List<String> faults(KeywardConfiguration configuration) {
        ClosingStack opened = new ClosingStack();
        try {
            return Foundations.rows(configuration, opened).faults();
        } finally {
            opened.close();
        }
    }

    /**
     * Seals the rows as they are, and records that before and after, with what was wrong with them.
     *
     * @param operator who says so, on this host
     * @param faults what is known to be wrong with them; if it is something else now, nothing is done
     * @throws StartException if the home cannot be opened, for instance because a server runs on it
     */
    public static void accept(
            KeywardConfiguration configuration, InstantSource clock, String operator, List<String> faults) {
        ClosingStack opened = new ClosingStack();
        try {
            Foundations foundations =
                    Foundations.open(configuration, clock, opened, rows -> requireThese(faults, rows.faults()));
            AuditTrail audit = foundations.audit();
            audit.write(event(configuration, clock, operator, faults, AuditEvent.Phase.INTENT));
            foundations.rows().accept();
            audit.write(event(configuration, clock, operator, faults, AuditEvent.Phase.OUTCOME));
        } finally {
            opened.close();
        }
    }

    private static void requireThese(List<String> known, List<String> found) {
        if (!found.equals(known)) {
            throw new StartException("the database has changed meanwhile: " + String.join("; ", found));
        }
    }

    private static AuditEvent event(
            KeywardConfiguration configuration,
            InstantSource clock,
            String operator,
            List<String> faults,
            AuditEvent.Phase phase) {
        // Whose the installation is stands in a row, and rows may be unreadable.
        Scope scope =
                new Scope(RootIdentity.DEFAULT_ACCOUNT, configuration.regions().getFirst());
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("faults", faults);
        return new AuditEvent(
                clock.instant(),
                AuditEvent.Service.KEYWARD,
                scope,
                Caller.inProcess(scope, new CallerIdentity.Operator(operator), "keyward accept-database"),
                "AcceptDatabase",
                phase,
                false,
                parameters,
                null,
                List.of(),
                null,
                null,
                new LinkedHashMap<>());
    }
}
