package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.audit.TrailVerifier.Extent;
import dev.keyward.audit.Verification.Fault;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may do to a trail, and what is found of it. */
class TrailVerifierTest {
    @TempDir
    private Path home;

    private Installation installation = new Installation(Path.of(""));

    @BeforeEach
    void openHome() {
        installation = new Installation(home);
    }

    private Fault fault() {
        return Objects.requireNonNull(installation.verify().fault(), "no fault was found");
    }

    private void edit(Path file, Consumer<List<String>> change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.US_ASCII));
        change.accept(lines);
        Files.writeString(file, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"), StandardCharsets.US_ASCII);
    }

    private Path file(int index) throws IOException {
        return installation.files().get(index);
    }

    // Sound trails

    @Test
    void whatWasWrittenIsFoundSound() {
        installation.run(3);
        installation.run(0);

        assertThat(installation.verify()).isEqualTo(new Verification(2, 2, 7, List.of(), null));
    }

    @Test
    void noTrailIsSound() throws Exception {
        Files.createDirectory(installation.directory());

        assertThat(installation.verify()).isEqualTo(new Verification(0, 0, 0, List.of(), null));
    }

    @Test
    void checkpointsAndFilesInBetweenAreSound() throws Exception {
        try (AuditTrail trail = installation.start()) {
            for (int day = 0; day < 3; day++) {
                Installation.write(trail, 2);
                installation.clock.move(Duration.ofMinutes(2));
                trail.keepHouse();
                installation.clock.move(Duration.ofDays(1));
                trail.keepHouse();
            }
        }

        assertThat(installation.files()).hasSize(4);
        assertThat(installation.verify()).isEqualTo(new Verification(1, 4, 14, List.of(), null));
    }

    @Test
    void aKilledProcessIsNoFaultAndIsNamed() {
        installation.runAndDie(2);
        installation.run(1);

        Verification found = installation.verify();
        assertThat(found.fault()).isNull();
        assertThat(found.notes()).containsExactly("chain 1 was interrupted after record 2");
    }

    @Test
    void aKilledProcessThatHasNoSuccessorIsNamed() {
        installation.runAndDie(2);

        assertThat(installation.verify().notes())
                .containsExactly("chain 1 was interrupted after record 2; until the next start nothing says that this"
                        + " was its end");
    }

    @Test
    void aGrowingTrailIsSound() throws Exception {
        AuditTrail trail = installation.start();
        Installation.write(trail, 2);
        Files.writeString(file(0), Files.readString(file(0)) + "{\"eventVersion\":");

        assertThat(installation.verify(Extent.GROWING)).isEqualTo(new Verification(1, 1, 3, List.of(), null));
    }

    // A torn line

    @Test
    void halfALineIsRecordedByTheNextStart() throws Exception {
        installation.runAndDie(2);
        Files.writeString(file(0), Files.readString(file(0)) + "{\"eventVersion\":");
        installation.run(1);

        Verification found = installation.verify();
        assertThat(found.fault()).isNull();
        assertThat(found.notes()).containsExactly("chain 1 was interrupted after record 2, 16 bytes into the next");
    }

    @Test
    void halfALineThatWasRecordedCannotBeChanged() throws Exception {
        installation.runAndDie(2);
        String whole = Files.readString(file(0));
        Files.writeString(file(0), whole + "{\"eventVersion\":");
        installation.run(1);

        for (String later : List.of(whole, whole + "{\"eventVersion\";", whole + "{")) {
            Files.writeString(file(0), later);
            assertThat(fault().what()).startsWith("when it was written the trail ended with");
        }
    }

    @Test
    void aChainThatHasOnlyHalfALineIsNoFault() throws Exception {
        installation.run(1);
        Files.writeString(installation.directory().resolve("audit-2026-02-03-000002-000000000000.jsonl"), "{\"eve");
        installation.run(1);

        Verification found = installation.verify();
        assertThat(found.fault()).isNull();
        assertThat(found.notes()).containsExactly("chain 2 was begun and has no whole record");
    }

    // Tampering

    /** The chain was interrupted and has a checkpoint and a second file, and another chain follows it. */
    private void writeOneOfEverything() throws IOException {
        AuditTrail trail = installation.start();
        Installation.write(trail, 2);
        installation.clock.move(Duration.ofMinutes(2));
        trail.keepHouse();
        installation.clock.move(Duration.ofDays(1));
        trail.keepHouse();
        Installation.write(trail, 1);
        Files.writeString(file(1), Files.readString(file(1)) + "{\"eventVersion\":");
        installation.run(1);
    }

    @Test
    void anyFlippedByteIsFound() throws Exception {
        writeOneOfEverything();
        assertThat(installation.verify().fault()).isNull();

        List<String> unnoticed = new ArrayList<>();
        for (Path file : installation.files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] ^= (byte) (1 << (index % 8));
                Files.write(file, bytes);
                if (installation.verify().fault() == null) {
                    unnoticed.add(file.getFileName() + " byte " + index);
                }
                bytes[index] ^= (byte) (1 << (index % 8));
            }
            Files.write(file, bytes);
        }

        assertThat(unnoticed).isEmpty();
        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void aCutAtAndAroundEveryEndOfALineIsFound() throws Exception {
        writeOneOfEverything();

        List<String> unnoticed = new ArrayList<>();
        for (Path file : installation.files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length++) {
                boolean atAnEnd = bytes[length] == '\n' || (length > 0 && bytes[length - 1] == '\n');
                if (!atAnEnd && length % 100 > 0) {
                    continue;
                }
                Files.write(file, Arrays.copyOf(bytes, length));
                if (installation.verify().fault() == null) {
                    unnoticed.add(file.getFileName() + " cut to " + length);
                }
            }
            Files.write(file, bytes);
        }

        assertThat(unnoticed).isEmpty();
    }

    @Test
    void anyRemovedFileIsFound() throws Exception {
        writeOneOfEverything();

        for (Path file : installation.files()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(fault()).as(file.toString()).isNotNull();
            Files.write(file, bytes);
        }
    }

    @Test
    void aChangedRecordIsNamed() throws Exception {
        installation.run(5);
        edit(file(0), lines -> lines.set(3, lines.get(3).replace("anna", "bert")));

        assertThat(fault())
                .isEqualTo(new Fault(
                        file(0).getFileName() + " line 4 (chain 1, record 3)",
                        "it was changed: its MAC is not that of its content"));
    }

    @Test
    void aRemovedRecordIsNamed() throws Exception {
        installation.run(5);
        edit(file(0), lines -> lines.remove(3));

        assertThat(fault())
                .isEqualTo(new Fault(
                        file(0).getFileName() + " line 4 (chain 1, record 4)", "record 3 before it is missing"));
    }

    @Test
    void removedRecordsAreNamed() throws Exception {
        installation.run(5);
        edit(file(0), lines -> lines.subList(1, 4).clear());

        assertThat(fault())
                .isEqualTo(new Fault(
                        file(0).getFileName() + " line 2 (chain 1, record 4)", "records 1 to 3 before it are missing"));
    }

    @Test
    void reorderedRecordsAreNamed() throws Exception {
        installation.run(5);
        edit(file(0), lines -> Collections.swap(lines, 2, 3));

        assertThat(fault())
                .isEqualTo(new Fault(
                        file(0).getFileName() + " line 3 (chain 1, record 3)", "record 2 before it is missing"));
    }

    @Test
    void aRepeatedRecordIsNamed() throws Exception {
        installation.run(5);
        edit(file(0), lines -> lines.add(4, lines.get(2)));

        assertThat(fault())
                .isEqualTo(new Fault(
                        file(0).getFileName() + " line 5 (chain 1, record 2)",
                        "it stands here again or out of its order; record 4 was expected"));
    }

    @Test
    void aCutOffRecordIsFoundByTheStore() throws Exception {
        installation.run(5);
        edit(file(0), List::removeLast);

        assertThat(fault())
                .isEqualTo(new Fault("chain 1", "it is cut off after record 5; the store knows of 7 records"));
    }

    @Test
    void aRecordOfAnotherChainIsNamed() throws Exception {
        installation.run(5);
        installation.run(5);
        String foreign = Files.readAllLines(file(1), StandardCharsets.US_ASCII).get(2);
        edit(file(0), lines -> lines.set(2, foreign));

        assertThat(fault().what()).isEqualTo("it belongs to another chain; record 2 was expected");
    }

    @Test
    void aChainThatTheTokenDidNotSealIsFound() throws Exception {
        Installation forger = new Installation(home);
        forger.run(2);

        Verification found = new TrailVerifier(
                        List.of(installation.directory()), installation.sealing, forger.store, Extent.WHOLE)
                .verify();
        assertThat(found.fault())
                .isEqualTo(new Fault(file(0).getFileName() + " line 1", "it has no seal of this token"));
    }

    @Test
    void aChainThatTheStoreKnowsAndThatIsNotThereIsFound() throws Exception {
        installation.run(2);
        Files.delete(file(0));

        assertThat(fault()).isEqualTo(new Fault("chain 1", "the store knows it, and no record of it is here"));
    }

    @Test
    void aStoreThatIsOlderThanTheTrailIsFound() {
        installation.run(2);
        Installation restored = new Installation(home);

        Verification found = installation.verify(restored.store, Extent.WHOLE);

        assertThat(Objects.requireNonNull(found.fault()).what())
                .isEqualTo("the token sealed it, and the store does not know it: the store is older than the trail");
    }

    @Test
    void anAnchorThatWasPutBackInTheStoreIsFound() {
        AuditTrail trail = installation.start();
        AuditChainRecord old = installation.store.listAuditChains().getFirst();
        for (int minute = 0; minute < 2; minute++) {
            Installation.write(trail, 1);
            installation.clock.move(Duration.ofMinutes(2));
            trail.keepHouse();
        }
        installation.store.putAuditChain(old);

        assertThat(fault())
                .isEqualTo(new Fault(
                        "chain 1",
                        "the store knows it before record 0 only, and its last checkpoint is before 4:"
                                + " the store is older than the trail"));
    }

    @Test
    void aCheckpointThatACrashKeptFromTheStoreIsNoFault() {
        AuditTrail trail = installation.start();
        AuditChainRecord old = installation.store.listAuditChains().getFirst();
        Installation.write(trail, 1);
        installation.clock.move(Duration.ofMinutes(2));
        trail.keepHouse();
        installation.store.putAuditChain(old);

        assertThat(installation.verify().fault()).isNull();
    }

    @Test
    void anAnchorThatWasMovedInTheStoreIsFound() throws Exception {
        installation.run(5);
        AuditChainRecord known = installation.store.listAuditChains().getFirst();
        AuditCheckpoint sealed = known.checkpoint();
        edit(file(0), List::removeLast);
        String mac = ChainedLine.read(installation.lines().getLast().getBytes(StandardCharsets.US_ASCII))
                .orElseThrow()
                .previous();
        installation.store.putAuditChain(new AuditChainRecord(
                1, known.id(), known.openedAt(), new AuditCheckpoint(5, mac, false, sealed.seal())));

        assertThat(fault()).isEqualTo(new Fault("chain 1 in the store", "it has no seal of this token"));
    }

    // A part of a trail

    @Test
    void aPartIsVerifiedFromTheCheckpointThatItBeginsWith() throws Exception {
        writeOneOfEverything();
        Files.delete(file(0));

        Verification found = installation.verify(null, Extent.PART);

        assertThat(found.fault()).isNull();
        assertThat(found.notes()).first().isEqualTo("records before record 4 of chain 1 are not here");
    }

    @Test
    void aChangedRecordOfAPartIsFound() throws Exception {
        writeOneOfEverything();
        Files.delete(file(0));
        edit(file(0), lines -> lines.set(1, lines.get(1).replace("anna", "bert")));

        assertThat(Objects.requireNonNull(installation.verify(null, Extent.PART).fault())
                        .what())
                .isEqualTo("it was changed: its MAC is not that of its content");
    }
}
