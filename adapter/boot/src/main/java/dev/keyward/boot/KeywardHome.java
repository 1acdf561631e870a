package dev.keyward.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The home directory of one installation, held by one process at a time. What is in it:
 *
 * <pre>
 * keyward.yaml   the configuration, if it is not elsewhere
 * keyward.pid    the process that holds the home, which has a lock on this file
 * keyward.sock   takes commands while a server holds the home
 * keyward.db     the database
 * audit/         the audit trail
 * credentials    the first identity, as the AWS profile 'keyward'
 * token/         the token, where it is one of files that {@code token init} made
 * token-pin      its user PIN
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class KeywardHome implements AutoCloseable {
    /** POSIX locks belong to processes, so within one process the homes it holds are remembered here. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lockedFile;

    private KeywardHome(Path directory, FileChannel lockedFile) {
        this.directory = directory;
        this.lockedFile = lockedFile;
    }

    /**
     * Makes the directory if it is not there, and holds it until {@link #close}.
     *
     * @throws StartException if another process holds it, if others than its owner may enter it, or if it cannot be
     *     written to
     */
    public static KeywardHome hold(Path directory) {
        try {
            prepare(directory);
            Path real = directory.toRealPath();
            if (!HELD_HERE.add(real)) {
                throw heldBy(real, ProcessHandle.current().pid());
            }
            boolean held = false;
            try {
                KeywardHome home = new KeywardHome(real, lock(real));
                held = true;
                return home;
            } finally {
                if (!held) {
                    HELD_HERE.remove(real);
                }
            }
        } catch (IOException e) {
            throw new StartException("home directory " + directory + " cannot be used: " + Reasons.of(e), e);
        }
    }

    /** Whether a process holds that home, this one or another; false if there is no such home. */
    public static boolean isHeld(Path directory) {
        Path pidFile = directory.resolve("keyward.pid");
        try {
            if (!Files.exists(pidFile)) {
                return false;
            }
            if (HELD_HERE.contains(directory.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(pidFile, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock == null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the directory if it is not there, private to its owner; an empty one is made private.
     *
     * @throws StartException if others than its owner may enter it
     * @throws IOException if it cannot be made or read
     */
    public static void prepare(Path directory) throws IOException {
        PrivateFiles.createDirectory(directory);
        if (PrivateFiles.isPrivate(directory)) {
            return;
        }
        if (!isEmpty(directory)) {
            throw new StartException("home directory " + directory + " is open to others (mode "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))
                    + "): chmod 700 it, or name another");
        }
        Files.setPosixFilePermissions(directory, PrivateFiles.DIRECTORY_MODE);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path pidFile = directory.resolve("keyward.pid");
        FileChannel channel = FileChannel.open(
                pidFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PrivateFiles.FILE_MODE));
        boolean locked = false;
        try {
            if (channel.tryLock() == null) {
                throw heldBy(directory, pid(channel));
            }
            locked = true;
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            channel.force(true);
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static long pid(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static StartException heldBy(Path directory, long pid) {
        return new StartException("another process " + (pid == 0 ? "" : "(" + pid + ") ") + "is running on " + directory
                + ", and a home has one process; its pid file is " + directory.resolve("keyward.pid"));
    }

    /** The directory, as an absolute path without links. */
    public Path directory() {
        return directory;
    }

    /** The database's file. */
    public Path database() {
        return directory.resolve("keyward.db");
    }

    /** The first identity's credentials. */
    public Path credentials() {
        return directory.resolve("credentials");
    }

    /** Where the process that holds a home takes commands. */
    static Path commandSocket(Path directory) {
        return directory.resolve("keyward.sock");
    }

    /** Lets the home go. The pid file stays, empty: removing it could pull it from under the next holder. */
    @Override
    public void close() {
        try {
            lockedFile.truncate(0);
            lockedFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
