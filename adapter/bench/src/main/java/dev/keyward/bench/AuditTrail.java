package dev.keyward.bench;

import dev.keyward.audit.JsonLinesAuditSink;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writing an audit record, alone. */
public class AuditTrail {
    /** A trail in a home, and a record as an Encrypt leaves it. */
    @State(Scope.Benchmark)
    public static class Trail {
        private final FreshHome home = new FreshHome();
        private final AuditSink sink = JsonLinesAuditSink.open(home.directory());
        private final AuditEvent event = new AuditEvent(
                Instant.now(),
                "5f0f1c8e-6d0a-4a3b-9a51-0d8c3f2b7e11",
                new dev.keyward.contract.Scope(new AccountId("111122223333"), new Region("eu-central-1")),
                "arn:aws:iam::111122223333:root",
                "AKIAKEYWARDBENCHMARK",
                "127.0.0.1",
                "Encrypt",
                true,
                List.of("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
                null,
                null,
                new LinkedHashMap<>(Map.of("keyMaterialId", "0123456789abcdef".repeat(4))));

        /** Removes the trail. */
        @TearDown
        public void close() {
            sink.close();
            home.close();
        }
    }

    @Benchmark
    @Row(
            title = "an audit record written, alone",
            threads = {1, 2})
    public void write(Trail trail) {
        trail.sink.write(trail.event);
    }
}
