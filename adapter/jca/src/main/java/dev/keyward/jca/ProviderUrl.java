package dev.keyward.jca;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * The endpoint of a KMS as one string: {@code https://host:port?profile=NAME&region=REGION&certificates=DIRECTORY}. What is left out, AWS's SDK
 * finds as it always does.
 */
record ProviderUrl(URI endpoint, Map<String, String> parameters) {
    private static final Set<String> PARAMETERS = Set.of("profile", "region", "certificates");

    static boolean isUrl(String configuration) {
        return configuration.startsWith("https://") || configuration.startsWith("http://");
    }

    /**
     * Reads one.
     *
     * @throws InvalidParameterException if it is none, or has a parameter that is unknown or given twice
     */
    static ProviderUrl parse(String configuration) {
        try {
            URI url = new URI(configuration);
            if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
                throw new InvalidParameterException("not a URL of a host: " + configuration);
            }
            URI endpoint = new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
            return new ProviderUrl(endpoint, parameters(url.getRawQuery()));
        } catch (URISyntaxException e) {
            throw (InvalidParameterException) new InvalidParameterException("not a URL: " + configuration).initCause(e);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || !PARAMETERS.contains(name)) {
                throw new InvalidParameterException("parameter " + name + " is none of " + PARAMETERS);
            }
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            if (parameters.put(name, value) != null) {
                throw new InvalidParameterException("parameter " + name + " is given twice");
            }
        }
        return parameters;
    }

    /** The directory of certificates, if there is one. */
    @Nullable
    Path certificates() {
        String directory = parameters.get("certificates");
        return directory == null ? null : Path.of(directory);
    }

    /**
     * A client of that endpoint. An HTTP client of AWS's SDK must be on the class path.
     *
     * @throws InvalidParameterException if AWS's SDK can make none of it
     */
    KmsClient open() {
        try {
            KmsClientBuilder builder = KmsClient.builder().endpointOverride(endpoint);
            String profile = parameters.get("profile");
            if (profile != null) {
                builder.credentialsProvider(ProfileCredentialsProvider.create(profile));
            }
            String region = parameters.get("region");
            if (region != null) {
                builder.region(Region.of(region));
            }
            return builder.build();
        } catch (SdkClientException e) {
            throw (InvalidParameterException) new InvalidParameterException(e.getMessage()).initCause(e);
        }
    }
}
