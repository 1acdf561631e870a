package dev.keyward.jca;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.InvalidParameterException;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * Clients of an endpoint, {@code https://host:port}. What {@code profile} and {@code region} leave out, AWS's SDK finds as it
 * always does; an HTTP client of AWS's SDK must be on the class path.
 */
final class EndpointClients implements KmsClientFactory {
    private static final String PROFILE = "profile";
    private static final String REGION = "region";

    @Override
    public boolean understands(String place) {
        return place.startsWith("https://") || place.startsWith("http://");
    }

    @Override
    public Set<String> parameters() {
        return Set.of(PROFILE, REGION);
    }

    @Override
    public Opened open(String place, Map<String, String> parameters) {
        try {
            KmsClientBuilder builder = KmsClient.builder().endpointOverride(endpoint(place));
            String profile = parameters.get(PROFILE);
            if (profile != null) {
                builder.credentialsProvider(ProfileCredentialsProvider.create(profile));
            }
            String region = parameters.get(REGION);
            if (region != null) {
                builder.region(Region.of(region));
            }
            KmsClient kms = builder.build();
            return new Opened(kms, kms::close);
        } catch (SdkClientException e) {
            throw (InvalidParameterException) new InvalidParameterException(e.getMessage()).initCause(e);
        }
    }

    private static URI endpoint(String place) {
        try {
            URI url = new URI(place);
            if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
                throw new InvalidParameterException("not a URL of a host: " + place);
            }
            return url;
        } catch (URISyntaxException e) {
            throw (InvalidParameterException) new InvalidParameterException("not a URL: " + place).initCause(e);
        }
    }
}
