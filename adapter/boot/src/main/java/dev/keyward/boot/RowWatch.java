package dev.keyward.boot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the whole database now and then while a server runs: a row that was put back to what it was before has a seal
 * that fits, and is found out only among all others. What is found is logged and recorded once; the next start refuses it.
 * Thread-safe.
 */
final class RowWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RowWatch.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Supplier<List<String>> looking;
    private final AuditSink audit;
    private final InstantSource clock;
    private final Scope scope;

    @GuardedBy("this")
    private Instant looked;

    @GuardedBy("this")
    private List<String> known = List.of();

    /**
     * @param looking finds what is wrong with the rows, a sentence each
     * @param scope the account and Region that the record belongs to
     */
    RowWatch(Supplier<List<String>> looking, AuditSink audit, InstantSource clock, Scope scope) {
        this.looking = looking;
        this.audit = audit;
        this.clock = clock;
        this.scope = scope;
        looked = clock.instant();
    }

    /** Looks, if an hour has passed since the last time. */
    synchronized void lookIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(looked.plus(INTERVAL))) {
            return;
        }
        looked = now;
        List<String> faults = looking.get();
        if (!faults.isEmpty() && !faults.equals(known)) {
            LOG.error("the database is not as Keyward left it: {}", String.join("; ", faults));
            audit.write(event(now, faults));
        }
        known = faults;
    }

    private AuditEvent event(Instant now, List<String> faults) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("faults", faults);
        return new AuditEvent(
                now,
                AuditEvent.Service.KEYWARD,
                scope,
                null,
                "FindDatabaseFault",
                AuditEvent.Phase.OUTCOME,
                true,
                null,
                null,
                List.of(),
                null,
                null,
                details);
    }
}
