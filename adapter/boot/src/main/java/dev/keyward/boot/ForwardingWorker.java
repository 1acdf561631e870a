package dev.keyward.boot;

import dev.keyward.audit.ForwardSettings;
import dev.keyward.audit.Forwarder;
import dev.keyward.boot.KeywardConfiguration.Audit;
import dev.keyward.boot.KeywardConfiguration.Forward;
import dev.keyward.contract.AuditException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forwards the audit trail in the background, where that is configured. Stateless. */
final class ForwardingWorker {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private ForwardingWorker() {}

    /**
     * Starts, if there is somewhere to forward to.
     *
     * @throws StartException if the certificates cannot be used
     * @throws dev.keyward.boot.settings.ConfigurationException if the value of the header cannot be read
     */
    static void startIfWanted(KeywardHome home, Audit audit, Map<String, String> environment, ClosingStack opened) {
        Forward forward = audit.forward();
        if (forward == null) {
            return;
        }
        ForwardSettings settings =
                new ForwardSettings(forward.url(), authorization(forward, environment), forward.certificates());
        try {
            Forwarder forwarder = opened.add(Forwarder.of(home.directory(), settings));
            opened.add(MaintenanceWorker.start("keyward-audit-forwarding", forwarder::forward, INTERVAL));
        } catch (AuditException e) {
            throw new StartException("audit.forward: " + e.getMessage(), e);
        }
    }

    /** A header is a String to Java's client, so this one cannot be cleared. */
    private static @Nullable String authorization(Forward forward, Map<String, String> environment) {
        if (forward.authorization() == null) {
            return null;
        }
        byte[] value = SecretReader.read(forward.authorization(), environment, "audit.forward.authorization");
        try {
            return new String(value, StandardCharsets.US_ASCII);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
