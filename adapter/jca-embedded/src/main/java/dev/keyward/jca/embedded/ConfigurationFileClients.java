package dev.keyward.jca.embedded;

import dev.keyward.boot.StartException;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.jca.KmsClientFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.util.Map;
import java.util.Set;

/**
 * Clients of a Keyward in this process, by its configuration file, {@code /path/keyward.yaml?principal=ARN}. The principal,
 * a user or the root user of an account, is who uses the keys; there is no usual one. Providers of the same file share one
 * Keyward, which is closed with the last of them, or with the JVM. Thread-safe.
 */
public final class ConfigurationFileClients implements KmsClientFactory {
    private static final String PRINCIPAL = "principal";

    /** For {@link java.util.ServiceLoader}. */
    public ConfigurationFileClients() {}

    @Override
    public boolean understands(String place) {
        return place.endsWith(".yaml") || place.endsWith(".yml");
    }

    @Override
    public Set<String> parameters() {
        return Set.of(PRINCIPAL);
    }

    @Override
    public Opened open(String place, Map<String, String> parameters) {
        String principal = parameters.get(PRINCIPAL);
        if (principal == null) {
            throw new InvalidParameterException("who uses the keys is missing, for instance " + place + "?" + PRINCIPAL
                    + "=arn:aws:iam::111122223333:user/anna");
        }
        try {
            return OpenKeywards.ofThisProcess().client(Path.of(place).toRealPath(), principal);
        } catch (IOException e) {
            throw refusal("configuration file " + place + " cannot be read", e);
        } catch (StartException | ConfigurationException | IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()), e);
        }
    }

    private static InvalidParameterException refusal(String message, Exception cause) {
        return (InvalidParameterException) new InvalidParameterException(message).initCause(cause);
    }
}
