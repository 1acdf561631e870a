package dev.keyward.pkcs11;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory with a SoftHSM token of Keyward's own: {@code softhsm2.conf} and {@code tokens/}. SoftHSM wants the whole
 * path of the second in the first, so after a move the file is written anew. Stateless.
 */
public final class SoftHsmDirectory {
    private static final String MARK = "# Written by Keyward for the directory that it lies in, again after a move.\n";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private SoftHsmDirectory() {}

    /**
     * Makes it, readable by its owner alone.
     *
     * @throws IOException if it cannot be written, or has a configuration already
     */
    public static void make(Path directory) throws IOException {
        Files.createDirectories(tokens(directory), OWNER_ONLY_DIRECTORY);
        Files.createFile(
                configuration(directory),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(configuration(directory), content(directory));
    }

    /**
     * Corrects its configuration if the directory was moved or copied. A configuration that somebody else wrote, or none,
     * is left as it is.
     *
     * @throws IOException if it cannot be read, or cannot be written and would have to be
     */
    public static void follow(Path directory) throws IOException {
        Path configuration = configuration(directory);
        if (!Files.isRegularFile(configuration)) {
            return;
        }
        String present = Files.readString(configuration);
        String wanted = content(directory);
        if (!present.startsWith(MARK) || present.equals(wanted)) {
            return;
        }
        Path temporary = Files.createTempFile(directory, "softhsm2.conf.", ".new"); // only its owner may read it
        try {
            Files.writeString(temporary, wanted);
            Files.move(temporary, configuration, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path configuration(Path directory) {
        return directory.resolve("softhsm2.conf");
    }

    private static Path tokens(Path directory) {
        return directory.resolve("tokens").toAbsolutePath().normalize();
    }

    private static String content(Path directory) {
        return MARK + """
                directories.tokendir = %s
                objectstore.backend = file
                log.level = ERROR
                slots.removable = false
                """.formatted(tokens(directory));
    }
}
