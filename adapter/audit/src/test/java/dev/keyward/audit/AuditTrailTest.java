package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int THREADS = 8;
    private static final int RECORDS_PER_THREAD = 250;

    @TempDir
    private Path home;

    private Installation installation = new Installation(Path.of(""));

    @BeforeEach
    void openHome() {
        installation = new Installation(home);
    }

    /** The request ids of the events in the trail. */
    private List<String> requests() throws IOException {
        return installation.lines().stream()
                .map(JSON::readTree)
                .filter(event -> event.has("requestID"))
                .map(event -> event.get("requestID").stringValue())
                .toList();
    }

    // Content

    @Test
    void aLineSaysWhereItStandsInItsChain() throws Exception {
        installation.run(1);

        List<JsonNode> events =
                installation.lines().stream().map(JSON::readTree).toList();
        assertThat(events)
                .extracting(event -> event.get("eventName").stringValue())
                .containsExactly("OpenAuditChain", "Encrypt", "CloseAuditChain");
        for (int sequence = 0; sequence < events.size(); sequence++) {
            JsonNode integrity = events.get(sequence).get("integrity");
            assertThat(integrity.get("sequence").asInt()).isEqualTo(sequence);
            assertThat(integrity.get("previous").stringValue())
                    .isEqualTo(
                            sequence == 0
                                    ? ChainedLine.NO_MAC
                                    : events.get(sequence - 1)
                                            .get("integrity")
                                            .get("mac")
                                            .stringValue());
        }
    }

    @Test
    void theTrailKnowsHowFarTheDatabaseHadCome() throws Exception {
        assertThat(AuditTrail.lastRowChanges(installation.home)).isZero();

        installation.rowChanges = 5;
        installation.runAndDie(1);
        assertThat(AuditTrail.lastRowChanges(installation.home)).isEqualTo(5);

        try (AuditTrail trail = installation.start()) {
            installation.rowChanges = 9;
            Installation.write(trail, 2);
            assertThat(AuditTrail.lastRowChanges(installation.home)).isEqualTo(5);
            installation.clock.move(Duration.ofHours(1));
            trail.keepHouse();
            assertThat(AuditTrail.lastRowChanges(installation.home)).isEqualTo(9);
            installation.rowChanges = 11;
        }
        assertThat(AuditTrail.lastRowChanges(installation.home)).isEqualTo(11);
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void anEventWithBytesIsRefusedAndTheNextIsWhole() throws Exception {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("key", new byte[] {1, 2, 3});
        try (AuditTrail trail = installation.start()) {
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> trail.write(Events.encrypt("bytes", details)));
            Installation.write(trail, 1);
        }

        assertThat(requests()).containsExactly("request-0");
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void aLargeRecordIsOneLine() throws Exception {
        try (AuditTrail trail = installation.start()) {
            trail.write(Events.success("large", "x".repeat(1_000_000)));
        }

        assertThat(installation.lines()).hasSize(3);
        assertThat(installation.verify().fault()).isNull();
    }

    // Many threads

    @ParameterizedTest
    @EnumSource(TrailSettings.Sync.class)
    void recordsOfManyThreadsAreOneChain(TrailSettings.Sync sync) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        TrailSettings settings = new TrailSettings(sync, 100_000, Duration.ofDays(1), Duration.ofMinutes(1));
        try (AuditTrail trail = installation.start(settings);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> writers = IntStream.range(0, THREADS)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        start.await();
                        for (int record = 0; record < RECORDS_PER_THREAD; record++) {
                            trail.write(Events.success(thread + "-" + record, "x".repeat(record)));
                            if (record % 50 == thread) {
                                installation.clock.move(Duration.ofMinutes(2));
                                trail.keepHouse();
                            }
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isTrue();
            }
        }

        assertThat(requests()).hasSize(THREADS * RECORDS_PER_THREAD).doesNotHaveDuplicates();
        assertThat(installation.files()).hasSizeGreaterThan(1);
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void anInterruptedThreadHarmsNobody() throws Exception {
        try (AuditTrail trail = installation.start()) {
            Thread.currentThread().interrupt();
            trail.write(Events.success("interrupted", "fact"));
            assertThat(Thread.interrupted()).isTrue();
            trail.write(Events.success("next", "fact"));
        }

        assertThat(requests()).containsExactly("interrupted", "next");
    }

    // Files

    @Test
    void aRecordIsInTheFileWhenWriteReturns() throws Exception {
        try (AuditTrail trail = installation.start()) {
            Installation.write(trail, 1);
            assertThat(requests()).containsExactly("request-0");
        }
    }

    @Test
    void filesAndDirectoryAreForTheirOwnerAlone() throws Exception {
        Files.createDirectory(installation.directory());
        Files.setPosixFilePermissions(installation.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        installation.run(1);

        assertThat(permissions(installation.directory())).isEqualTo("rwx------");
        assertThat(permissions(installation.files().getFirst())).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileThatIsLongEnoughIsFollowedByAnother() throws Exception {
        TrailSettings settings =
                new TrailSettings(TrailSettings.Sync.INTERVAL, 3_000, Duration.ofDays(1), Duration.ofMinutes(1));
        try (AuditTrail trail = installation.start(settings)) {
            Installation.write(trail, 1);
            trail.keepHouse();
            assertThat(installation.files()).hasSize(1);
            Installation.write(trail, 2);
            trail.keepHouse();
            Installation.write(trail, 1);
        }

        assertThat(installation.files())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly(
                        "audit-%tF-000001-000000000000.jsonl".formatted(day()),
                        "audit-%tF-000001-000000000004.jsonl".formatted(day()));
        assertThat(Files.readAllLines(installation.files().getLast()).getFirst())
                .contains("\"AuditCheckpoint\"");
    }

    @Test
    void aFileThatIsOldEnoughIsFollowedByAnother() throws Exception {
        try (AuditTrail trail = installation.start()) {
            installation.clock.move(Duration.ofHours(23));
            trail.keepHouse();
            assertThat(installation.files()).hasSize(1);
            installation.clock.move(Duration.ofHours(1));
            trail.keepHouse();
            assertThat(installation.files()).hasSize(2);
        }
    }

    private ZonedDateTime day() {
        return installation.clock.instant().atZone(ZoneOffset.UTC);
    }

    @Test
    void checkpointsAreWrittenAtIntervalsIfThereIsSomethingToSeal() throws Exception {
        try (AuditTrail trail = installation.start()) {
            installation.clock.move(Duration.ofMinutes(2));
            trail.keepHouse();
            assertThat(installation.lines()).hasSize(1);
            Installation.write(trail, 1);
            trail.keepHouse();
            trail.keepHouse();
            assertThat(installation.lines()).hasSize(3);
            assertThat(installation
                            .store
                            .listAuditChains()
                            .getFirst()
                            .checkpoint()
                            .next())
                    .isEqualTo(2);
        }

        assertThat(installation.store.listAuditChains().getFirst().checkpoint().closing())
                .isTrue();
    }

    @Test
    void aNewStartBeginsANewChainAndLeavesTheOldFilesAlone() throws Exception {
        installation.runAndDie(1);
        byte[] before = Files.readAllBytes(installation.files().getFirst());
        installation.run(1);

        assertThat(installation.files()).hasSize(2);
        assertThat(Files.readAllBytes(installation.files().getFirst())).isEqualTo(before);
        assertThat(installation.store.listAuditChains())
                .extracting(chain -> chain.number())
                .containsExactly(1L, 2L);
    }

    @Test
    void chainsCountOnFromTheFilesIfTheStoreIsOlder() throws Exception {
        installation.run(1);
        new Installation(home).run(1);

        assertThat(installation.files().getLast().getFileName().toString()).contains("-000002-");
    }

    // Failure

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, Integer.MAX_VALUE})
    void aFullDiskRefusesAndLeavesNothing(int taken) throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (AuditTrail trail = installation.start(disk)) {
            Installation.write(trail, 1);
            disk.fillAfter(taken);
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> trail.write(Events.success("lost", "fact")))
                    .havingCause()
                    .withMessage("No space left on device");
            assertThatExceptionOfType(AuditException.class).isThrownBy(trail::requireWritable);
            disk.heal();
            trail.requireWritable();
            trail.write(Events.success("next", "fact"));
        }

        assertThat(requests()).containsExactly("request-0", "next");
        assertThat(installation.verify()).isEqualTo(new Verification(1, 1, 4, List.of(), null));
    }

    @Test
    void whatAFailedWriteLeftIsRemovedAtTheLatestBeforeTheNext() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (AuditTrail trail = installation.start(disk)) {
            disk.fillAfter(100);
            disk.refuseTruncation();
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> trail.write(Events.success("lost", "fact")));
            disk.heal();
            trail.write(Events.success("next", "fact"));
        }

        assertThat(requests()).containsExactly("next");
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void aFileThatCannotBeBegunLeavesThePresentOne() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (AuditTrail trail = installation.start(disk)) {
            installation.clock.move(Duration.ofDays(1));
            disk.fillAfter(100);
            trail.keepHouse();
            disk.heal();
            Installation.write(trail, 1);
            trail.keepHouse();
            Installation.write(trail, 1);
        }

        assertThat(installation.files()).hasSize(2);
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void afterASyncThatFailedNothingIsRecordedAnyMore() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        AuditTrail trail = installation.start(disk);
        disk.refuseSync();
        assertThatExceptionOfType(AuditException.class)
                .isThrownBy(() -> trail.write(Events.ofTheService(AuditEvent.Phase.INTENT)));
        disk.heal();

        assertThatExceptionOfType(AuditException.class).isThrownBy(() -> Installation.write(trail, 1));
        assertThatExceptionOfType(AuditException.class).isThrownBy(trail::requireWritable);
        trail.close();
        installation.run(1);
        assertThat(installation.verify().fault()).isNull();
    }

    @ParameterizedTest
    @EnumSource(TrailSettings.Sync.class)
    void aRecordIsSyncedWhenItsSettingSaysSo(TrailSettings.Sync sync) {
        FaultyDisk disk = new FaultyDisk();
        TrailSettings settings = new TrailSettings(sync, 1_000_000, Duration.ofDays(1), Duration.ofMinutes(1));
        try (AuditTrail trail = AuditTrail.open(
                home, settings, installation.clock, installation.store, () -> 0, installation.sealing, disk)) {
            int atStart = disk.syncs();
            Installation.write(trail, 1);
            assertThat(disk.syncs() - atStart).isEqualTo(sync == TrailSettings.Sync.ANSWER ? 1 : 0);
            trail.keepHouse();
            assertThat(disk.syncs() - atStart).isEqualTo(1);
            trail.write(Events.ofTheService(AuditEvent.Phase.INTENT));
            assertThat(disk.syncs() - atStart).as("an intent").isEqualTo(2);
        }
    }

    @Test
    void aClosedTrailRefuses() {
        AuditTrail trail = installation.start();
        trail.close();
        trail.close();

        assertThatExceptionOfType(AuditException.class).isThrownBy(() -> Installation.write(trail, 1));
    }

    @Test
    void aMissingHomeIsRefused() {
        assertThatExceptionOfType(AuditException.class)
                .isThrownBy(() -> new Installation(home.resolve("missing")).start());
    }
}
