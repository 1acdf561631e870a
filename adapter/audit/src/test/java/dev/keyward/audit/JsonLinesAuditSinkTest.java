package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesAuditSinkTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int THREADS = 8;
    private static final int RECORDS_PER_THREAD = 250;

    @TempDir
    private Path home;

    private Path file() {
        return home.resolve("audit").resolve("audit.jsonl");
    }

    private String text() throws IOException {
        return Files.readString(file(), StandardCharsets.US_ASCII);
    }

    /** The file's records; fails unless every line is one whole object. */
    private List<JsonNode> records() throws IOException {
        assertThat(text()).endsWith("\n");
        return Stream.of(text().split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(JSON::readTree)
                .toList();
    }

    private void write(AuditEvent event) {
        try (JsonLinesAuditSink sink = JsonLinesAuditSink.open(home)) {
            sink.write(event);
        }
    }

    @Test
    void aLargeRecordIsOneLine() throws Exception {
        write(Events.success("large", "x".repeat(1_000_000)));
        assertThat(records()).hasSize(1);
    }

    // Many threads

    @Test
    void recordsOfManyThreadsDoNotMix() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (JsonLinesAuditSink sink = JsonLinesAuditSink.open(home);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> writers = IntStream.range(0, THREADS)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        start.await();
                        for (int record = 0; record < RECORDS_PER_THREAD; record++) {
                            sink.write(Events.success(thread + "-" + record, "x".repeat(record)));
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isTrue();
            }
        }
        assertThat(records()).hasSize(THREADS * RECORDS_PER_THREAD);
        assertThat(records())
                .extracting(event -> event.get("requestID").stringValue())
                .doesNotHaveDuplicates();
    }

    @Test
    void anInterruptedThreadHarmsNobody() throws Exception {
        try (JsonLinesAuditSink sink = JsonLinesAuditSink.open(home)) {
            Thread.currentThread().interrupt();
            sink.write(Events.success("interrupted", "fact"));
            assertThat(Thread.interrupted()).isTrue();
            sink.write(Events.success("next", "fact"));
        }
        assertThat(records()).hasSize(2);
    }

    // The file

    @Test
    void aRecordIsInTheFileWhenWriteReturns() throws Exception {
        try (JsonLinesAuditSink sink = JsonLinesAuditSink.open(home)) {
            sink.write(Events.success("one", "fact"));
            assertThat(records()).hasSize(1);
        }
    }

    @Test
    void fileAndDirectoryAreForTheirOwnerAlone() throws Exception {
        JsonLinesAuditSink.open(home).close();
        assertThat(permissions(home.resolve("audit"))).isEqualTo("rwx------");
        assertThat(permissions(file())).isEqualTo("rw-------");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(home.resolve("audit"), PosixFilePermissions.fromString("rwxrwxrwx"));
        JsonLinesAuditSink.open(home).close();
        assertThat(permissions(home.resolve("audit"))).isEqualTo("rwx------");
        assertThat(permissions(file())).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void anotherStartAppends() throws Exception {
        write(Events.success("one", "fact"));
        write(Events.success("two", "fact"));
        assertThat(records())
                .extracting(event -> event.get("requestID").stringValue())
                .containsExactly("one", "two");
    }

    @Test
    void aTornLineIsEndedAtTheNextStart() throws Exception {
        write(Events.success("one", "fact"));
        String torn = "{\"eventTime\":\"2026-";
        Files.writeString(file(), text() + torn);
        write(Events.success("two", "fact"));
        write(Events.success("three", "fact"));
        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo(torn);
        assertThat(JSON.readTree(lines.get(2)).get("requestID").stringValue()).isEqualTo("two");
    }

    // Failure

    @Test
    void aFullDiskFails() throws Exception {
        Path full = Path.of("/dev/full");
        try (JsonLinesAuditSink sink = new JsonLinesAuditSink(file(), new FileOutputStream(full.toFile(), true))) {
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> sink.write(Events.success("lost", "fact")))
                    .withMessageContaining(file().toString())
                    .havingCause()
                    .withMessageContaining("No space left");
        }
    }

    @Test
    void aClosedFileFails() {
        JsonLinesAuditSink sink = JsonLinesAuditSink.open(home);
        sink.close();
        sink.close();
        assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.write(Events.success("late", "fact")));
    }

    @Test
    void aMissingHomeFails() {
        assertThatExceptionOfType(AuditException.class)
                .isThrownBy(() -> JsonLinesAuditSink.open(home.resolve("missing")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void aWriteThatFailedHalfwayDoesNotSpoilTheNext(int written) throws Exception {
        JsonLinesAuditSink.open(home).close();
        try (FileOutputStream disk = new FileOutputStream(file().toFile(), true);
                JsonLinesAuditSink sink = new JsonLinesAuditSink(file(), new FailingOnce(disk, written))) {
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> sink.write(Events.success("lost", "fact")));
            sink.write(Events.success("two", "fact"));
            sink.write(Events.success("three", "fact"));
        }
        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(written == 0 ? 2 : 3).noneMatch(String::isEmpty);
        assertThat(lines.subList(lines.size() - 2, lines.size()))
                .extracting(line -> JSON.readTree(line).get("requestID").stringValue())
                .containsExactly("two", "three");
    }

    /** A disk that takes the first few bytes of the first write and then has had enough, once. */
    private static final class FailingOnce extends OutputStream {
        private final OutputStream disk;
        private final int taken;
        private boolean failed;

        FailingOnce(OutputStream disk, int taken) {
            this.disk = disk;
            this.taken = taken;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!failed) {
                failed = true;
                disk.write(Arrays.copyOfRange(bytes, offset, offset + taken));
                throw new IOException("No space left on device");
            }
            disk.write(bytes, offset, length);
        }
    }
}
