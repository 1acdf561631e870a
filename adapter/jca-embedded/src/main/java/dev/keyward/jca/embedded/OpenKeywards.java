package dev.keyward.jca.embedded;

import dev.keyward.boot.EmbeddedKeyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.jca.KmsClientFactory.Opened;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The Keywards that providers have opened in this process: one for each configuration file, since a home can be held but
 * once. Thread-safe.
 */
final class OpenKeywards {
    private static final OpenKeywards OF_THIS_PROCESS = new OpenKeywards();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OF_THIS_PROCESS::closeAll, "keyward-close"));
    }

    private final Map<Path, Shared> open = new HashMap<>();

    private OpenKeywards() {}

    static OpenKeywards ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** A Keyward, and how many use it. */
    private static final class Shared {
        private final EmbeddedKeyward keyward;
        private int users;

        Shared(EmbeddedKeyward keyward) {
            this.keyward = keyward;
        }
    }

    /**
     * A client for a principal, of the Keyward that is open for a file or is opened now.
     *
     * @throws dev.keyward.boot.StartException if it cannot be opened
     * @throws dev.keyward.boot.settings.ConfigurationException if the file has not what it should
     * @throws IllegalArgumentException if there is no such principal
     */
    synchronized Opened client(Path file, String principalArn) {
        Shared shared = open.computeIfAbsent(
                file, missing -> new Shared(EmbeddedKeyward.open(KeywardConfiguration.load(missing))));
        shared.users++;
        boolean isUsed = false;
        try {
            KmsClient kms = shared.keyward.kmsClient(principalArn);
            isUsed = true;
            return new Opened(kms, () -> release(file, shared));
        } finally {
            if (!isUsed) {
                release(file, shared);
            }
        }
    }

    private synchronized void release(Path file, Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            open.remove(file, shared);
            shared.keyward.close();
        }
    }

    private synchronized void closeAll() {
        List.copyOf(open.values()).forEach(shared -> shared.keyward.close());
        open.clear();
    }
}
