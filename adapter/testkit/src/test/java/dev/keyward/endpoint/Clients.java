package dev.keyward.endpoint;

import dev.keyward.testkit.LocalKeyward;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AWS's clients, signing with whatever credentials. Whoever gets one closes it. */
final class Clients {
    private Clients() {}

    static StsClient sts(LocalKeyward keyward, AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(keyward.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** @param interceptors what sees each request and its outcome */
    static KmsClient kms(
            LocalKeyward keyward, AwsCredentialsProvider credentials, ExecutionInterceptor... interceptors) {
        return KmsClient.builder()
                .endpointOverride(keyward.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> {
                    for (ExecutionInterceptor interceptor : interceptors) {
                        configuration.addExecutionInterceptor(interceptor);
                    }
                })
                .build();
    }

    /** The credentials that STS has given. */
    static AwsCredentialsProvider session(Credentials given) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
    }
}
