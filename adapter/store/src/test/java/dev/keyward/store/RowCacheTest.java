package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.store.CachedNames.KeyName;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class RowCacheTest {
    private static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    private static final KeyName NAME = new KeyName(SCOPE, KeyId.random());
    private static final KeyRecord OLD = KeyRecord.builder(SCOPE, NAME.id()).build();
    private static final KeyRecord NEW = OLD.toBuilder().version(2).build();

    private final RowCache cache = new RowCache();

    @Test
    void aLoadThatBeganBeforeTheCommitLeavesNothingBehind() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<Optional<KeyRecord>> reader = new FutureTask<>(() -> cache.key(NAME, name -> {
            loading.countDown();
            awaitUninterrupted(release);
            return Optional.of(OLD);
        }));
        Thread.ofPlatform().start(reader);
        loading.await();

        FutureTask<Boolean> writer = new FutureTask<>(() -> {
            cache.forget(changed());
            return true;
        });
        Thread writing = Thread.ofPlatform().start(writer);
        awaitStopped(writing);
        assertThat(writer.isDone()).as("the write returned during the load").isFalse();

        release.countDown();
        assertThat(writer.get()).isTrue();
        assertThat(reader.get()).contains(OLD);
        assertThat(cache.key(NAME, name -> Optional.of(NEW))).contains(NEW);
    }

    @Test
    void aRowIsLoadedOnceUntilItIsForgotten() {
        assertThat(cache.key(NAME, name -> Optional.of(OLD))).contains(OLD);
        assertThat(cache.key(NAME, name -> Optional.of(NEW))).contains(OLD);
        cache.forget(changed());
        assertThat(cache.key(NAME, name -> Optional.of(NEW))).contains(NEW);
    }

    @Test
    void whatIsNotThereIsNotRemembered() {
        assertThat(cache.key(NAME, name -> Optional.empty())).isEmpty();
        assertThat(cache.key(NAME, name -> Optional.of(NEW))).contains(NEW);
    }

    private static CachedNames changed() {
        CachedNames changed = new CachedNames();
        changed.keys().add(NAME);
        return changed;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until {@code thread} waits for something or has ended. */
    private static void awaitStopped(Thread thread) {
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
    }
}
