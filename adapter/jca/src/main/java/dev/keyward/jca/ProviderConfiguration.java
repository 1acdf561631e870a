package dev.keyward.jca;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is configured by, as one string: a place, a question mark, and parameters as in a URL. The parameter
 * {@code certificates} names a directory; all others are for whoever makes a client for such a place.
 */
record ProviderConfiguration(String place, Map<String, String> parameters) {
    private static final String CERTIFICATES = "certificates";

    /**
     * Reads one.
     *
     * @throws InvalidParameterException if a parameter is not of the form {@code name=value}, or is given twice
     */
    static ProviderConfiguration parse(String configuration) {
        int question = configuration.indexOf('?');
        return question < 0
                ? new ProviderConfiguration(configuration, Map.of())
                : new ProviderConfiguration(
                        configuration.substring(0, question), parameters(configuration.substring(question + 1)));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new InvalidParameterException("not of the form name=value: " + pair);
            }
            String name = pair.substring(0, equals);
            if (parameters.put(name, decoded(pair.substring(equals + 1))) != null) {
                throw new InvalidParameterException("parameter " + name + " is given twice");
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw (InvalidParameterException)
                    new InvalidParameterException("not encoded as in a URL: " + value).initCause(e);
        }
    }

    /**
     * What the provider shall use.
     *
     * @throws InvalidParameterException if nothing here makes clients for the place, or a parameter is unknown or wrong
     */
    KmsConnection connect() {
        KmsClientFactory factory = factory();
        Set<String> known = new TreeSet<>(factory.parameters());
        known.add(CERTIFICATES);
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidParameterException("parameter " + name + " is none of " + known);
            }
        }
        Certificates certificates = new Certificates(directory());
        Map<String, String> others = new LinkedHashMap<>(parameters);
        others.remove(CERTIFICATES);
        return new KmsConnection(factory.open(place, others), certificates);
    }

    private @Nullable Path directory() {
        String directory = parameters.get(CERTIFICATES);
        try {
            return directory == null ? null : Path.of(directory);
        } catch (InvalidPathException e) {
            throw (InvalidParameterException) new InvalidParameterException(e.getMessage()).initCause(e);
        }
    }

    private KmsClientFactory factory() {
        Stream<KmsClientFactory> others =
                ServiceLoader.load(KmsClientFactory.class, KmsClientFactory.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get);
        return Stream.concat(Stream.of(new EndpointClients()), others)
                .filter(factory -> factory.understands(place))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException("neither a URL nor, with keyward-jca-embedded on the"
                        + " class path, a configuration file: " + place));
    }
}
