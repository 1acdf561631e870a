package dev.keyward.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Who signs in a test. The secret is for this test alone; it is not shown by {@link #toString}. Immutable and thread-safe.
 *
 * @param accessKeyId what signatures name
 * @param secretAccessKey what they are made with
 * @param account the twelve digits of its account
 * @param principalArn its ARN
 */
public record Identity(String accessKeyId, String secretAccessKey, String account, String principalArn) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A user of an account, with an access key made now. */
    public static Identity user(String account, String name) {
        return generated(account, "arn:aws:iam::" + account + ":user/" + name);
    }

    /** The root of an account, with an access key made now. */
    public static Identity root(String account) {
        return generated(account, "arn:aws:iam::" + account + ":root");
    }

    /** For an SDK client. */
    public AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }

    private static Identity generated(String account, String principalArn) {
        return new Identity("AKIA" + hex(8).toUpperCase(Locale.ROOT), hex(20), account, principalArn);
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return accessKeyId + " (" + principalArn + ")";
    }
}
