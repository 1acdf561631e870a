package dev.keyward.store;

import static dev.keyward.conformance.store.Rows.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.store.Rows;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jdbi.v3.core.Jdbi;

/**
 * Somebody removes rows and puts former ones back, while the store goes on changing whatever it finds. Every row comes into
 * the head once, when it is written, and goes out once more each time that the store replaces or deletes it; so the rows
 * are accepted exactly if those that are there are those that came in and never went.
 */
class RowHeadProperties {
    private static final List<KeyRecord> KEYS = List.of(Rows.key(1), Rows.key(2));
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final int STEPS = 14;

    private static final String SELECT = "SELECT * FROM aliases WHERE name = ?";
    private static final String PUT = """
            INSERT OR REPLACE INTO aliases (account, region, name, target, created_at, updated_at, seal)
            VALUES (:account, :region, :name, :target, :created_at, :updated_at, :seal)
            """;

    /** What happens to one database. */
    private static final class Story {
        private final Random random;
        private final SqliteStore store;
        private final Jdbi attacker;
        private final List<Map<String, Object>> former = new ArrayList<>();
        private final Map<String, Integer> balances = new HashMap<>();
        private int tick;

        Story(Random random, SqliteStore store, Path file) {
            this.random = random;
            this.store = store;
            attacker = Jdbi.create("jdbc:sqlite:" + file);
        }

        private <T> T oneOf(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private Optional<Map<String, Object>> row(String name) {
            return attacker.withHandle(handle -> handle.createQuery(SELECT)
                    .bind(0, "alias/" + name)
                    .mapToMap()
                    .findOne());
        }

        private static String text(Map<String, Object> row) {
            return row.get("name") + " " + row.get("target") + " " + row.get("updated_at");
        }

        void step() {
            String name = oneOf(NAMES);
            switch (random.nextInt(5)) {
                case 0, 1 -> write(name);
                case 2 -> delete(name);
                case 3 -> remove(name);
                default -> putBack();
            }
        }

        /** As CreateAlias or UpdateAlias. */
        private void write(String name) {
            AliasRecord first = Rows.alias(oneOf(KEYS), name);
            AliasRecord alias = new AliasRecord(
                    SCOPE,
                    first.name(),
                    first.target(),
                    first.createdAt(),
                    first.updatedAt().plusSeconds(++tick));
            Optional<Map<String, Object>> found = row(name);
            if (found.isPresent()) {
                goesOut(found.get());
                store.updateAlias(alias, new KeyId(String.valueOf(found.get().get("target"))), 1);
            } else {
                store.insertAlias(alias, 1);
            }
            Map<String, Object> written = row(name).orElseThrow();
            former.add(written);
            balances.merge(text(written), 1, Integer::sum);
        }

        private void delete(String name) {
            row(name).ifPresent(this::goesOut);
            store.deleteAlias(SCOPE, "alias/" + name);
        }

        private void goesOut(Map<String, Object> row) {
            balances.merge(text(row), -1, Integer::sum);
        }

        private void remove(String name) {
            attacker.useHandle(handle -> handle.execute("DELETE FROM aliases WHERE name = ?", "alias/" + name));
        }

        private void putBack() {
            if (!former.isEmpty()) {
                attacker.useHandle(handle ->
                        handle.createUpdate(PUT).bindMap(oneOf(former)).execute());
            }
        }

        boolean shouldBeAccepted() {
            Map<String, Integer> there = new HashMap<>();
            NAMES.forEach(name -> row(name).ifPresent(row -> there.put(text(row), 1)));
            Map<String, Integer> expected = new HashMap<>(balances);
            expected.values().removeIf(balance -> balance == 0);
            return expected.equals(there);
        }
    }

    @Property(tries = 60)
    void acceptedAreTheRowsThatCameInAndNeverWent(@ForAll Random random) throws IOException {
        Path directory = Files.createTempDirectory("keyward-rows");
        Path file = directory.resolve("keyward.db");
        try {
            boolean expected;
            try (SqliteStore store = Stores.open(file)) {
                KEYS.forEach(store::insertKey);
                Story story = new Story(random, store, file);
                int steps = random.nextInt(STEPS);
                for (int step = 0; step < steps; step++) {
                    story.step();
                }
                expected = story.shouldBeAccepted();
            }
            assertThat(isAccepted(file)).isEqualTo(expected);
        } finally {
            for (String name : List.of("keyward.db", "keyward.db-wal", "keyward.db-shm")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.delete(directory);
        }
    }

    private static boolean isAccepted(Path file) {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.openRows(Stores.SEALING, 0);
            return true;
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.NOT_AUTHENTIC);
            return false;
        }
    }
}
