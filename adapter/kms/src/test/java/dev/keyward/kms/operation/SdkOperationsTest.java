package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import dev.keyward.kms.Requests;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/** Everything that AWS's client can ask for is either answered or refused on purpose. */
class SdkOperationsTest {
    /** What is refused, as not offered. A new operation of AWS KMS belongs here, or into the table of operations. */
    private static final Set<String> REFUSED = Set.of(
            // There are no custom key stores.
            "ConnectCustomKeyStore",
            "CreateCustomKeyStore",
            "DeleteCustomKeyStore",
            "DescribeCustomKeyStores",
            "DisconnectCustomKeyStore",
            "UpdateCustomKeyStore",
            // There are no multi-Region keys.
            "ReplicateKey",
            "UpdatePrimaryRegion",
            // There are no ML-KEM keys.
            "Decapsulate",
            "Encapsulate");

    @Test
    void areHandledOrRefusedByName() {
        Set<String> known = Stream.concat(Requests.OPERATIONS.stream(), REFUSED.stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Requests.OPERATIONS).doesNotContainAnyElementsOf(REFUSED);
        assertThat(known).isEqualTo(operationsOfTheSdk());
    }

    @Test
    void whatIsRefusedIsRefusedAsUnknown() {
        try (FaceFixture fixture = new FaceFixture()) {
            for (String operation : REFUSED) {
                assertThat(fixture.json(operation, "{}").get("__type").asString())
                        .as(operation)
                        .isEqualTo("UnknownOperationException");
            }
        }
    }

    /** A method for each operation takes its request; others take something that makes one, or give pages. */
    private static Set<String> operationsOfTheSdk() {
        return Arrays.stream(KmsClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .map(method -> method.getParameterTypes()[0])
                .filter(KmsRequest.class::isAssignableFrom)
                .map(request -> request.getSimpleName().replaceAll("Request$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
