package dev.keyward.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that only their owner may read. */
public final class PrivateFiles {
    /** Mode 0600. */
    static final Set<PosixFilePermission> FILE_MODE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Mode 0700. */
    static final Set<PosixFilePermission> DIRECTORY_MODE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /**
     * Puts a file of mode 0600 at {@code target}, whole or not at all, even if the machine fails meanwhile: a reader sees
     * what was there before, or all of {@code content}.
     */
    public static void write(Path target, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(
                directoryOf(target),
                target.getFileName() + ".",
                ".new",
                PosixFilePermissions.asFileAttribute(FILE_MODE));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncDirectoryOf(target);
    }

    /**
     * Moves a file or a directory within a file system: it is in one of the two places even if the machine fails meanwhile.
     *
     * @throws IOException if it cannot be moved, or there is something at {@code target}
     */
    static void move(Path source, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " is there already");
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectoryOf(target);
    }

    /** Deletes a directory with all that is in it; does nothing if it is not there. */
    static void deleteDirectory(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /** Makes what was renamed stay renamed. */
    private static void syncDirectoryOf(Path renamed) throws IOException {
        try (FileChannel channel = FileChannel.open(directoryOf(renamed), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directoryOf(Path entry) {
        return Objects.requireNonNull(entry.toAbsolutePath().getParent(), "the root directory is no entry of another");
    }

    /** Makes a directory of mode 0700, with its parents; an existing one is left as it is. */
    public static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY_MODE));
    }

    /** Whether nobody but the owner may do anything with it. */
    public static boolean isPrivate(Path path) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(DIRECTORY_MODE);
        return others.isEmpty();
    }
}
