package dev.keyward.jca;

import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Makes a client of a configuration that is no URL. Implementations are found by {@link java.util.ServiceLoader}: a library
 * that runs a KMS in this process can so be named in {@code java.security} or on a command line.
 */
public interface KmsClientFactory {
    /** Whether it understands a configuration. Must be quick and have no effect. */
    boolean understands(String configuration);

    /**
     * Makes the client, which is used for as long as the provider is.
     *
     * @throws java.security.InvalidParameterException if the configuration is wrong
     */
    KmsClient open(String configuration);
}
