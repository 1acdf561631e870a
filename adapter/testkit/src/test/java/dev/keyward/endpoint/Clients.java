package dev.keyward.endpoint;

import dev.keyward.testkit.LocalKeyward;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AWS's clients, signing with whatever credentials. Whoever gets one closes it. */
final class Clients {
    private Clients() {}

    /** @param interceptors what sees each request and its answer */
    static StsClient sts(
            LocalKeyward keyward, AwsCredentialsProvider credentials, ExecutionInterceptor... interceptors) {
        return StsClient.builder()
                .endpointOverride(keyward.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(with(interceptors))
                .build();
    }

    /** @param interceptors what sees each request and its answer */
    static KmsClient kms(
            LocalKeyward keyward, AwsCredentialsProvider credentials, ExecutionInterceptor... interceptors) {
        return KmsClient.builder()
                .endpointOverride(keyward.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(with(interceptors))
                .build();
    }

    private static ClientOverrideConfiguration with(ExecutionInterceptor... interceptors) {
        return ClientOverrideConfiguration.builder()
                .executionInterceptors(List.of(interceptors))
                .build();
    }

    /** The credentials that STS has given. */
    static AwsCredentialsProvider session(Credentials given) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
    }
}
