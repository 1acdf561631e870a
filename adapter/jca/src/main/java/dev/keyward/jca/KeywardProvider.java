package dev.keyward.jca;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Lets Java programs use keys of AWS KMS's API, in Keyward or in AWS, as {@code java.security} keys.
 *
 * <pre>{@code
 * Security.addProvider(new KeywardProvider(kms));
 * KeyStore keys = KeyStore.getInstance("Keyward");
 * keys.load(null);
 * Signature signature = Signature.getInstance("SHA256withRSA"); // finds this provider by the key
 * signature.initSign((PrivateKey) keys.getKey("payments", null));
 * }</pre>
 *
 * <p>A provider uses keys as whoever its client signs as, and takes only keys that were had through it. Its place is behind
 * the JDK's providers, where {@code Security.addProvider} puts it. Thread-safe.
 */
public final class KeywardProvider extends Provider implements AutoCloseable {
    /** The provider's name. */
    public static final String NAME = "Keyward";

    private static final String VERSION = "0.1";
    private static final String SECURE_RANDOM = "SecureRandom";

    private final transient @Nullable KmsConnection connection;

    /** Kept apart from what is put: the JDK may take any generator that is put as its default one. */
    private transient @Nullable Service random;

    /** A provider without services; {@link #configure} makes one with services of it. */
    public KeywardProvider() {
        super(NAME, VERSION, "keys of AWS KMS's API");
        connection = null;
    }

    /**
     * A provider over a client, which the caller closes when neither the provider nor its keys are used any more.
     *
     * @param kms a client of AWS's SDK, whatever it speaks to
     */
    public KeywardProvider(KmsClient kms) {
        this(new KmsConnection(lent(kms), new Certificates(null)));
    }

    /**
     * A provider over a client, which keeps certificates.
     *
     * @param kms a client of AWS's SDK, whatever it speaks to
     * @param certificates a directory for chains and trusted certificates, which is made if it is not there
     */
    public KeywardProvider(KmsClient kms, Path certificates) {
        this(new KmsConnection(lent(kms), new Certificates(certificates)));
    }

    private static KmsClientFactory.Opened lent(KmsClient kms) {
        return new KmsClientFactory.Opened(kms, () -> {});
    }

    private KeywardProvider(KmsConnection connection) {
        super(NAME, VERSION, "keys of AWS KMS's API");
        this.connection = connection;
        for (Service service : Services.of(this, connection)) {
            if (service.getType().equals(SECURE_RANDOM)) {
                random = service;
            } else {
                putService(service);
            }
        }
    }

    /**
     * Another provider, over what a string names.
     *
     * @param configuration an endpoint, {@code https://host:port?profile=NAME&region=REGION&certificates=DIRECTORY}, where
     *     profile is one of AWS's shared configuration; or, with {@code keyward-jca-embedded} on the class path, Keyward's
     *     configuration file, {@code /path/keyward.yaml?principal=ARN&certificates=DIRECTORY}
     * @throws InvalidParameterException if nothing can be made of it
     */
    @Override
    public Provider configure(String configuration) {
        return new KeywardProvider(ProviderConfiguration.parse(configuration).connect());
    }

    @Override
    public boolean isConfigured() {
        return connection != null;
    }

    /** The generator of randomness is there only for who asks for {@code KMS} by name. */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        Optional<Service> asked = Optional.ofNullable(random)
                .filter(service -> type.equals(SECURE_RANDOM) && algorithm.equalsIgnoreCase(service.getAlgorithm()));
        return asked.orElseGet(() -> super.getService(type, algorithm));
    }

    @Override
    public Set<Service> getServices() {
        Set<Service> services = new HashSet<>(super.getServices());
        if (random != null) {
            services.add(random);
        }
        return services;
    }

    /**
     * Ends the use of all keys that were had through this: each fails hereafter. What {@link #configure} opened is closed; a
     * client that the provider was given stays open. Idempotent.
     */
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }

    private void writeObject(ObjectOutputStream stream) throws NotSerializableException {
        throw new NotSerializableException("a provider stays in its process");
    }
}
