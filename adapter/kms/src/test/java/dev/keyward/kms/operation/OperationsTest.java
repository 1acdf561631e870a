package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.Requests;
import dev.keyward.lifecycle.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void theLifecycleHasTheSameOperations() {
        assertThat(Stream.of(Operation.values()).map(Operation::awsName))
                .containsExactlyInAnyOrderElementsOf(Requests.OPERATIONS);
    }
}
