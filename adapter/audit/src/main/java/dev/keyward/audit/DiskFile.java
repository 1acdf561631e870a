package dev.keyward.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the trail asks of a file. Used by one thread at a time, but for {@link #sync}. */
interface DiskFile extends AutoCloseable {
    /** Writes bytes at a position; if it throws, any part of them may have been written. */
    void write(byte[] bytes, int length, long position) throws IOException;

    /** Cuts the file off. */
    void truncate(long length) throws IOException;

    /** Makes the disk hold what was written until now. May be called while another thread writes. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /** Makes files. */
    interface Maker {
        /** An empty file at that path, for its owner's eyes only. */
        DiskFile make(Path path) throws IOException;
    }

    /** A file of the operating system's. */
    static DiskFile make(Path path) throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException leftOver) {
            if (Files.size(path) > 0) {
                throw leftOver; // records, which nothing here overwrites
            }
            Files.setPosixFilePermissions(path, ownerOnly);
        }
        return new OfTheSystem(new RandomAccessFile(path.toFile(), "rw"));
    }

    /** Without this a power cut could take a new file's name away, and with it all that was written. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /** Not a channel: that would close for everybody when one thread that writes is interrupted. */
    record OfTheSystem(RandomAccessFile file) implements DiskFile {
        @Override
        public void write(byte[] bytes, int length, long position) throws IOException {
            file.seek(position);
            file.write(bytes, 0, length);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.setLength(length);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
