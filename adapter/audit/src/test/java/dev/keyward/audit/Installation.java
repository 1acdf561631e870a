package dev.keyward.audit;

import dev.keyward.conformance.MovableClock;
import dev.keyward.conformance.SoftwareSealing;
import dev.keyward.conformance.store.InMemoryAuditChainStore;
import dev.keyward.contract.AuditChainStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A home, a store and a token, as processes that write a trail one after the other find them. */
final class Installation {
    static final TrailSettings SETTINGS =
            new TrailSettings(TrailSettings.Sync.INTERVAL, 1_000_000, Duration.ofDays(1), Duration.ofMinutes(1));

    final Path home;
    final MovableClock clock = new MovableClock();
    final AuditChainStore store = new InMemoryAuditChainStore();
    final SoftwareSealing sealing = new SoftwareSealing();
    long rowChanges;

    Installation(Path home) {
        this.home = home;
    }

    AuditTrail start() {
        return start(SETTINGS);
    }

    AuditTrail start(TrailSettings settings) {
        return AuditTrail.open(home, settings, clock, store, () -> rowChanges, sealing);
    }

    AuditTrail start(DiskFile.Maker maker) {
        return AuditTrail.open(home, SETTINGS, clock, store, () -> rowChanges, sealing, maker);
    }

    /** A process that writes so many records and ends in order. */
    void run(int records) {
        try (AuditTrail trail = start()) {
            write(trail, records);
        }
    }

    /** A process that writes so many records and is killed. */
    void runAndDie(int records) {
        write(start(), records); // nothing is left of it but what it wrote
    }

    static void write(AuditTrail trail, int records) {
        for (int record = 0; record < records; record++) {
            trail.write(Events.success("request-" + record, "fact"));
        }
    }

    Path directory() {
        return AuditTrail.directory(home);
    }

    List<Path> files() throws IOException {
        return TrailFile.list(directory()).stream().map(TrailFile::path).toList();
    }

    /** All lines of all files. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
        }
        return lines;
    }

    Verification verify() {
        return verify(TrailVerifier.Extent.WHOLE);
    }

    Verification verify(TrailVerifier.Extent extent) {
        return verify(store, extent);
    }

    Verification verify(@Nullable AuditChainStore known, TrailVerifier.Extent extent) {
        return new TrailVerifier(List.of(directory()), sealing, known, extent).verify();
    }
}
