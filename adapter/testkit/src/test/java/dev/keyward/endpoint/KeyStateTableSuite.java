package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.KeyStateAnswers;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * The key-state table through the AWS SDK: each operation on a key of each origin in each state, its
 * answer held against the table, and the state in which it leaves the key.
 */
@ExtendWith(KeywardExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class KeyStateTableSuite {
    /** In which state an operation that succeeds leaves a key; any other leaves it as it was. */
    private static final Map<String, KeyState> LEADS_TO = Map.of(
            "CancelKeyDeletion", KeyState.DISABLED,
            "DisableKey", KeyState.DISABLED,
            "EnableKey", KeyState.ENABLED,
            "ImportKeyMaterial", KeyState.ENABLED,
            "DeleteImportedKeyMaterial", KeyState.PENDING_IMPORT,
            "ScheduleKeyDeletion", KeyState.PENDING_DELETION);

    /** Operations that change nothing of the key they work on. */
    private static final Pattern READS =
            Pattern.compile("Decrypt|DescribeKey|Encrypt|Generate.*|Get.*|List.*|ReEncrypt|CreateKey|Verify.*");

    /** Keys that are as they were made, since what was asked of them was refused or only read. */
    private final Map<List<Object>, SampleKey> untouched = new HashMap<>();

    private KmsClient kms;
    private SampleKey.Maker keys;
    private OperationsOnAKey operations;

    /** A client of the service, as its root user, by the way that is tested. */
    abstract KmsClient client(LocalKeyward keyward);

    @BeforeAll
    void useOneEndpoint(LocalKeyward keyward) {
        String principal = keyward.root().principalArn();
        kms = client(keyward);
        keys = new SampleKey.Maker(kms, principal);
        operations = new OperationsOnAKey(kms, principal, keys.make(Origin.AWS_KMS, KeyState.ENABLED));
    }

    static Stream<KeyStateAnswers.Cell> cells() {
        return KeyStateAnswers.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellIsAnsweredAsTranscribed(KeyStateAnswers.Cell cell) {
        SampleKey.Kind kind = OperationsOnAKey.kind(cell.operation());
        List<Object> likeIt = List.of(kind, cell.origin(), cell.state());
        SampleKey key = Optional.ofNullable(untouched.remove(likeIt))
                .orElseGet(() -> keys.make(kind, cell.origin(), cell.state()));
        assertThat(state(key)).isEqualTo(cell.state());

        String answer = answer(cell.operation(), key);

        assertThat(answer).isEqualTo(cell.answerFor(key.arn()));
        assertThat(state(key)).isEqualTo(stateAfter(cell, answer));
        if (!answer.equals(KeyStateAnswers.OK)
                || READS.matcher(cell.operation()).matches()) {
            untouched.put(likeIt, key);
        }
    }

    @Test
    void everyOperationIsCalled() {
        assertThat(operations.names()).isEqualTo(new TreeSet<>(KeyStateAnswers.operations()));
    }

    private static KeyState stateAfter(KeyStateAnswers.Cell cell, String answer) {
        boolean materialGoesWhileDeletionIsPending =
                cell.operation().equals("DeleteImportedKeyMaterial") && cell.state() == KeyState.PENDING_DELETION;
        if (!answer.equals(KeyStateAnswers.OK) || materialGoesWhileDeletionIsPending) {
            return cell.state();
        }
        return LEADS_TO.getOrDefault(cell.operation(), cell.state());
    }

    private String answer(String operation, SampleKey key) {
        try {
            operations.call(operation, key);
            return KeyStateAnswers.OK;
        } catch (KmsException e) {
            return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
        }
    }

    private KeyState state(SampleKey key) {
        String name = kms.describeKey(request -> request.keyId(key.id()))
                .keyMetadata()
                .keyStateAsString();
        return Stream.of(KeyState.values())
                .filter(state -> state.awsName().equals(name))
                .findAny()
                .orElseThrow();
    }
}
