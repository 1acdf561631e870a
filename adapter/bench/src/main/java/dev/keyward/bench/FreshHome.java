package dev.keyward.bench;

import dev.keyward.boot.FreshToken;
import dev.keyward.boot.KeywardConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A home directory with a fresh SoftHSM token, which goes when it is closed. Used by one thread. */
final class FreshHome implements AutoCloseable {
    static final String LABEL = "keyward-bench";

    private final Path directory;
    private final FreshToken token;

    FreshHome() {
        try {
            directory = Files.createTempDirectory("keyward-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        token = FreshToken.make(directory, LABEL);
    }

    Path directory() {
        return directory;
    }

    FreshToken token() {
        return token;
    }

    byte[] pin() {
        try {
            return Files.readAllBytes(token.pinFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code keyward serve} would read here, on any free port. */
    KeywardConfiguration configuration() {
        Map<String, String> environment = Map.of("KEYWARD_HOME", directory.toString(), "KEYWARD_LISTEN_PORT", "0");
        return KeywardConfiguration.load(Map.of(), environment, null);
    }

    @Override
    public void close() {
        try (Stream<Path> below = Files.walk(directory)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
