package dev.keyward.kms.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;

class AwsJsonWriterTest {
    @Test
    void writesBlobsAndEnums() {
        assertThat(write(EncryptResponse.builder()
                        .keyId("arn")
                        .ciphertextBlob(SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 255, 62}))
                        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                        .build()))
                .isEqualTo("{\"CiphertextBlob\":\"AAH/Pg==\",\"KeyId\":\"arn\","
                        + "\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}");
    }

    @Test
    void writesTimesWithMilliseconds() {
        assertThat(write(DescribeKeyResponse.builder()
                        .keyMetadata(KeyMetadata.builder()
                                .keyId("k")
                                .creationDate(Instant.parse("2023-11-14T22:13:20.125999Z"))
                                .enabled(false)
                                .pendingDeletionWindowInDays(7)
                                .build())
                        .build()))
                .isEqualTo("{\"KeyMetadata\":{\"KeyId\":\"k\",\"CreationDate\":1700000000.125,\"Enabled\":false,"
                        + "\"PendingDeletionWindowInDays\":7}}");
    }

    @Test
    void leavesOutWhatIsNotSetAndKeepsWhatIsEmpty() {
        assertThat(write(ListResourceTagsResponse.builder().build())).isEqualTo("{}");
        assertThat(write(ListResourceTagsResponse.builder()
                        .tags(List.of())
                        .truncated(false)
                        .build()))
                .isEqualTo("{\"Tags\":[],\"Truncated\":false}");
    }

    @Test
    void writesListsAndMaps() {
        assertThat(write(ListGrantsResponse.builder()
                        .grants(GrantListEntry.builder()
                                .operations(GrantOperation.DECRYPT, GrantOperation.ENCRYPT)
                                .constraints(GrantConstraints.builder()
                                        .encryptionContextEquals(Map.of("a \"b\"", "é\n"))
                                        .build())
                                .build())
                        .build()))
                .isEqualTo("{\"Grants\":[{\"Operations\":[\"Decrypt\",\"Encrypt\"],"
                        + "\"Constraints\":{\"EncryptionContextEquals\":{\"a \\\"b\\\"\":\"é\\n\"}}}]}");
    }

    private static String write(SdkPojo object) {
        return new String(AwsJsonWriter.write(object), UTF_8);
    }
}
