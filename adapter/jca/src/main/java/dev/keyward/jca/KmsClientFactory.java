package dev.keyward.jca;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Makes clients for places of one kind, such as a configuration file. Implementations are found by
 * {@link java.util.ServiceLoader}: a library that runs a KMS in this process can so be named in {@code java.security} or on a
 * command line.
 */
public interface KmsClientFactory {
    /**
     * A client that was made for a provider.
     *
     * @param kms the client
     * @param close ends its use; called at most once, when the provider is closed
     */
    record Opened(KmsClient kms, Runnable close) {}

    /** Whether it makes clients for a place. Must be quick and have no effect. */
    boolean understands(String place);

    /** The names of the parameters that it takes. */
    Set<String> parameters();

    /**
     * Makes a client.
     *
     * @param place what the provider's configuration has before the question mark
     * @param parameters those that are given, of the {@link #parameters()} that it takes
     * @throws java.security.InvalidParameterException if it can make none of it
     */
    Opened open(String place, Map<String, String> parameters);
}
