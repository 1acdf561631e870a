package dev.keyward.audit;

import java.io.IOException;
import java.nio.file.Path;

/** A disk that can be told to be full, or worse. Safe for use by many threads at once. */
final class FaultyDisk implements DiskFile.Maker {
    private volatile int room = Integer.MAX_VALUE;
    private volatile boolean full;
    private volatile boolean keepsRemains;
    private volatile boolean losesData;
    private volatile int syncs;

    /** From now on it takes the first {@code bytes} of every write and then has had enough. */
    void fillAfter(int bytes) {
        room = bytes;
        full = true;
    }

    void refuseTruncation() {
        keepsRemains = true;
    }

    void refuseSync() {
        losesData = true;
    }

    void heal() {
        full = false;
        keepsRemains = false;
        losesData = false;
    }

    synchronized int syncs() {
        return syncs;
    }

    private synchronized void countSync() {
        syncs++;
    }

    @Override
    public DiskFile make(Path path) throws IOException {
        return new Faulty(DiskFile.make(path));
    }

    private final class Faulty implements DiskFile {
        private final DiskFile file;

        Faulty(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int length, long position) throws IOException {
            if (full) {
                file.write(bytes, Math.min(length, room), position);
                throw new IOException("No space left on device");
            }
            file.write(bytes, length, position);
        }

        @Override
        public void truncate(long length) throws IOException {
            if (keepsRemains) {
                throw new IOException("Input/output error");
            }
            file.truncate(length);
        }

        @Override
        public void sync() throws IOException {
            if (losesData) {
                throw new IOException("Input/output error");
            }
            countSync();
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
