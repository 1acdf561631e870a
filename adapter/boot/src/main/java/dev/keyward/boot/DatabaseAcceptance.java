package dev.keyward.boot;

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
     * Seals the rows as they are, and records that, with what was wrong with them.
     *
     * @param operator who says so, on this host
     * @throws StartException if the home cannot be opened, for instance because a server runs on it
     */
    public static void accept(
            KeywardConfiguration configuration, InstantSource clock, String operator, List<String> faults) {
        ClosingStack opened = new ClosingStack();
        try {
            Foundations foundations = Foundations.open(configuration, clock, opened, StoredRows::accept);
            foundations.audit().write(event(configuration, foundations, clock, operator, faults));
        } finally {
            opened.close();
        }
    }

    private static AuditEvent event(
            KeywardConfiguration configuration,
            Foundations foundations,
            InstantSource clock,
            String operator,
            List<String> faults) {
        Scope scope = new Scope(
                RootIdentity.accountIn(foundations.store().identities()),
                configuration.regions().getFirst());
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("faults", faults);
        return new AuditEvent(
                clock.instant(),
                AuditEvent.Service.KEYWARD,
                scope,
                Caller.inProcess(scope, new CallerIdentity.Operator(operator), "keyward accept-database"),
                "AcceptDatabase",
                AuditEvent.Phase.OUTCOME,
                false,
                parameters,
                null,
                List.of(),
                null,
                null,
                new LinkedHashMap<>());
    }
}
