package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    private static final int WRITERS = 20;
    private static final int FAILING = 7;

    @TempDir
    private Path directory;

    private final List<CachedNames> forgotten = new ArrayList<>();
    private Jdbi observer = Jdbi.create("jdbc:sqlite:");
    private List<Writer> writers = List.of();

    @BeforeEach
    void open() {
        Path file = directory.resolve("rows.db");
        observer = Jdbi.create("jdbc:sqlite:" + file);
        observer.useHandle(handle -> {
            handle.execute("PRAGMA journal_mode = WAL");
            handle.execute("CREATE TABLE entries (number BIGINT NOT NULL PRIMARY KEY)");
        });
        new RowSeals().configure(observer);
        Handle handle = observer.open();
        handle.execute("PRAGMA foreign_keys = ON");
        writers = List.of(new Writer(handle, forgotten::add, new Failures(file)));
    }

    @AfterEach
    void close() {
        writer().close();
    }

    private Writer writer() {
        return writers.getFirst();
    }

    private void write(int number) {
        boolean inserted = writer().write((handle, changes) -> insert(handle, number));
        assertThat(inserted).isTrue();
    }

    private static boolean insert(Handle handle, int number) {
        return handle.createUpdate("INSERT INTO entries (number) VALUES (:number)")
                        .bind("number", number)
                        .execute()
                == 1;
    }

    private List<Integer> entries() {
        return observer.withHandle(handle -> handle.createQuery("SELECT number FROM entries ORDER BY number")
                .mapTo(Integer.class)
                .list());
    }

    /** Holds the writer inside a unit of work, lets many others queue up behind it, and lets go. */
    private List<Future<Boolean>> inOneBatch(List<Writer.Unit<Boolean>> units) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(units.size() + 1)) {
            Future<Boolean> holding = threads.submit(() -> writer().write((handle, changes) -> {
                held.countDown();
                return awaited(release);
            }));
            held.await();
            List<Future<Boolean>> waiting = units.stream()
                    .map(unit -> threads.submit((Callable<Boolean>) () -> writer().write(unit)))
                    .toList();
            while (writer().waiting() < units.size()) {
                Thread.onSpinWait();
            }
            release.countDown();
            assertThat(holding.get()).isTrue();
            return waiting;
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneFailureAmongManyIsRolledBackAlone() throws Exception {
        List<Writer.Unit<Boolean>> units = IntStream.range(0, WRITERS)
                .<Writer.Unit<Boolean>>mapToObj(number -> (handle, changes) -> {
                    boolean inserted = insert(handle, number);
                    if (number == FAILING) {
                        insert(handle, 1_000);
                        throw new StoreException(Reason.STALE, "on purpose");
                    }
                    return inserted;
                })
                .toList();
        List<Future<Boolean>> outcomes = inOneBatch(units);
        for (int number = 0; number < WRITERS; number++) {
            Future<Boolean> outcome = outcomes.get(number);
            if (number == FAILING) {
                assertThatThrownBy(outcome::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.STALE));
            } else {
                assertThat(outcome.get()).isTrue();
            }
        }
        assertThat(entries())
                .isEqualTo(IntStream.range(0, WRITERS)
                        .filter(number -> number != FAILING)
                        .boxed()
                        .toList());
    }

    @Test
    void manyWritersShareACommit() throws Exception {
        // Within one transaction, every unit sees the uncommitted rows of those before it and nobody else does.
        List<Integer> committedDuringTheLast = new ArrayList<>();
        List<Writer.Unit<Boolean>> units = IntStream.range(0, WRITERS)
                .<Writer.Unit<Boolean>>mapToObj(number -> (handle, changes) -> {
                    committedDuringTheLast.clear();
                    committedDuringTheLast.addAll(entries());
                    return insert(handle, number);
                })
                .toList();
        for (Future<Boolean> outcome : inOneBatch(units)) {
            assertThat(outcome.get()).isTrue();
        }
        assertThat(committedDuringTheLast).isEmpty();
        assertThat(entries()).hasSize(WRITERS);
    }

    @Test
    void aFailedCommitFailsEveryoneAndLeavesNothing() throws Exception {
        writer().write((handle, changes) -> handle.execute("CREATE TABLE strict_entries (number BIGINT REFERENCES"
                + " entries (number) DEFERRABLE INITIALLY DEFERRED)"));
        List<Writer.Unit<Boolean>> units = List.of(
                (handle, changes) -> insert(handle, 1),
                (handle, changes) -> handle.execute("INSERT INTO strict_entries (number) VALUES (99)") == 1);
        for (Future<Boolean> outcome : inOneBatch(units)) {
            assertThatThrownBy(outcome::get).hasCauseInstanceOf(StoreException.class);
        }
        assertThat(entries()).isEmpty();
        write(2);
    }

    @Test
    void whatWasChangedIsForgottenEvenIfItFailed() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> writer().write((handle, changes) -> {
                    changes.cached().accessKeys().add("AKIA1");
                    throw new StoreException(Reason.STALE, "on purpose");
                }));
        assertThat(forgotten).flatExtracting(CachedNames::accessKeys).containsExactly("AKIA1");
    }

    @Test
    void anInterruptedThreadStillLearnsTheOutcome() {
        Thread.currentThread().interrupt();
        write(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(entries()).containsExactly(1);
    }

    @Test
    void anErrorReachesWhoCausedItAndNobodyElse() {
        assertThatThrownBy(() -> writer().write((handle, changes) -> {
                    throw new AssertionError("on purpose");
                }))
                .isInstanceOf(AssertionError.class);
        write(1);
    }

    @Test
    void closingWritesWhatIsStillWaiting() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<Boolean> holding = threads.submit(() -> writer().write((handle, changes) -> {
                held.countDown();
                return awaited(release);
            }));
            held.await();
            Future<Boolean> waiting = threads.submit(() -> writer().write((handle, changes) -> insert(handle, 1)));
            while (writer().waiting() < 1) {
                Thread.onSpinWait();
            }
            Future<?> closing = threads.submit(() -> writer().close());
            release.countDown();
            closing.get();
            assertThat(holding.get()).isTrue();
            assertThat(waiting.get()).isTrue();
        }
        assertThat(entries()).containsExactly(1);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> writer().write((handle, changes) -> insert(handle, 2)));
    }
}
