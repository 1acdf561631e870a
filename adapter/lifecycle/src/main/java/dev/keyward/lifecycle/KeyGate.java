package dev.keyward.lifecycle;

import dev.keyward.contract.KeyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Who may work on a key at the same time. Requests that use a key are let in together; one that changes how it stands is
 * let in alone, so that when a disable or a deletion is answered no use that was decided before it is still under way.
 * Keys share a fixed number of locks, which are taken in one order. Between processes the store's versions decide.
 * Thread-safe.
 */
final class KeyGate {
    private static final int STRIPES = 256;

    private final ReadWriteLock[] stripes =
            Stream.generate(ReentrantReadWriteLock::new).limit(STRIPES).toArray(ReadWriteLock[]::new);

    /** Holds a place until it is closed by the thread that took it. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a place at all of these keys. */
    Place enter(Collection<KeyId> keys, Operation.Gate gate) {
        SortedSet<Integer> sorted = new TreeSet<>();
        for (KeyId key : keys) {
            sorted.add(Math.floorMod(key.hashCode(), STRIPES));
        }
        List<Lock> locks = new ArrayList<>(sorted.size());
        for (int stripe : sorted) {
            Lock lock = lock(stripe, gate);
            lock.lock();
            locks.add(lock);
        }
        return () -> {
            for (Lock lock : locks) {
                lock.unlock();
            }
        };
    }

    private Lock lock(int stripe, Operation.Gate gate) {
        return switch (gate) {
            case TOGETHER -> stripes[stripe].readLock();
            case ALONE -> stripes[stripe].writeLock();
        };
    }
}
