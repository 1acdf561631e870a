package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MaterialReference.Residence;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it writes: every write that returned is there, whole, and no other is there in part. */
class DurabilityTest {
    private static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    private static final int WRITTEN_BEFORE_THE_KILL = 300;
    private static final int THREADS = 4;

    @TempDir
    private Path directory;

    @Test
    void whatReturnedSurvivesKill() throws Exception {
        Path file = directory.resolve("keyward.db");
        List<String> returned = writeUntilKilled(file);
        assertThat(returned)
                .hasSizeGreaterThanOrEqualTo(WRITTEN_BEFORE_THE_KILL)
                .doesNotHaveDuplicates();
        try (SqliteStore store = Stores.open(file)) {
            for (String id : returned) {
                KeyId key = new KeyId(id);
                assertThat(store.findKey(SCOPE, key)).contains(key(key));
            }
            assertThat(store.listAllKeys(null, Integer.MAX_VALUE - 1).items())
                    .allSatisfy(key -> assertThat(key).isEqualTo(key(key.id())));
        }
    }

    private static List<String> writeUntilKilled(Path file) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.US_ASCII)) {
            List<String> returned = new ArrayList<>();
            while (returned.size() < WRITTEN_BEFORE_THE_KILL) {
                returned.add(nextId(output));
            }
            // By its handle, since Process.destroyForcibly also closes the pipe that the last lines are still in.
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            // What it printed before it died counts, but for a line that was cut.
            output.lines().filter(KeyId::isWellFormed).forEach(returned::add);
            return returned;
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static String nextId(BufferedReader output) throws IOException {
        String line = output.readLine();
        assertThat(line).as("the child ended by itself").isNotNull();
        return line;
    }

    /** A key whose row, materials and tags are all made from its id. */
    private static KeyRecord key(KeyId id) {
        MaterialId material = new MaterialId(id.value().replace("-", "").repeat(2));
        return KeyRecord.builder(SCOPE, id)
                .description("key " + id)
                .createdAt(Instant.EPOCH)
                .material(MaterialRecord.creating(
                                material,
                                new MaterialReference("main", Residence.TOKEN_OBJECT, material.bytes()),
                                Instant.EPOCH)
                        .withPresence(MaterialPresence.PRESENT, Instant.EPOCH))
                .currentMaterial(material)
                .tags(Map.of("id", id.value()))
                .build();
    }

    /** Writes keys from several threads and prints the id of each whose write has returned, until it is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            SqliteStore store = Stores.open(Path.of(arguments[0]));
            for (int thread = 0; thread < THREADS; thread++) {
                Thread.ofPlatform().start(() -> writeForever(store));
            }
        }

        @SuppressWarnings("InfiniteLoopStatement") // its parent kills it
        private static void writeForever(SqliteStore store) {
            while (true) {
                KeyId id = KeyId.random();
                store.insertKey(key(id));
                System.out.println(id);
            }
        }
    }
}
