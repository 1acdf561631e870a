package dev.keyward.bench;

import dev.keyward.audit.TrailSettings;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Region;
import dev.keyward.contract.Sealing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writing an audit record, alone. */
public class AuditTrail {
    /** A trail in a home, and a record as an Encrypt leaves it. */
    @State(Scope.Benchmark)
    public static class Trail {
        private static final dev.keyward.contract.Scope SCOPE =
                new dev.keyward.contract.Scope(new AccountId("111122223333"), new Region("eu-central-1"));
        private static final String KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

        private final FreshHome home = new FreshHome();
        private final AuditSink sink = dev.keyward.audit.AuditTrail.open(
                home.directory(),
                new TrailSettings(TrailSettings.Sync.INTERVAL, Long.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1)),
                InstantSource.system(),
                new OneChain(),
                () -> 0,
                new OpenSealing());
        private final AuditEvent event = new AuditEvent(
                Instant.now(),
                SCOPE,
                new Caller(
                        SCOPE,
                        new CallerIdentity.RootUser(SCOPE.account()),
                        "AKIAKEYWARDBENCHMARK",
                        "127.0.0.1",
                        "aws-sdk-java/2.57.8 md/io#sync ua/2.1 os/Linux#6.1 lang/java#25",
                        "5f0f1c8e-6d0a-4a3b-9a51-0d8c3f2b7e11",
                        true),
                "Encrypt",
                AuditEvent.Phase.OUTCOME,
                true,
                new LinkedHashMap<>(Map.of("keyId", KEY_ID)),
                null,
                List.of(SCOPE.arn("key/" + KEY_ID)),
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

    /** Needed when a chain begins and ends, which is not measured. */
    private static final class OneChain implements AuditChainStore {
        @Override
        public List<AuditChainRecord> listAuditChains() {
            return List.of();
        }

        @Override
        public void putAuditChain(AuditChainRecord chain) {}
    }

    /** As little needed as the store. It seals nothing. */
    private static final class OpenSealing implements Sealing {
        @Override
        public byte[] seal(String binding, byte[] key) {
            return key.clone();
        }

        @Override
        public Optional<byte[]> open(String binding, byte[] seal) {
            return Optional.of(seal.clone());
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
