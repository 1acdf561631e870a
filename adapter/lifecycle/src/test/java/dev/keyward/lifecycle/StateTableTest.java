package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.KeyStateAnswers;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table that decides, cell by cell against its second transcription. */
class StateTableTest {
    static Stream<KeyStateAnswers.Cell> cells() {
        return KeyStateAnswers.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellAnswersAsTranscribed(KeyStateAnswers.Cell cell) {
        Operation operation = Operation.named(cell.operation()).orElseThrow();
        KeyRecord key =
                SuitableKeys.of(operation.requirement()).origin(cell.origin()).build();

        String answer = KeyChecks.refusal(operation, operation.action(), key, cell.state())
                .map(StateTableTest::text)
                .orElse(KeyStateAnswers.OK);

        assertThat(answer).isEqualTo(cell.answerFor(key.arn()));
    }

    @Test
    void everyOperationIsTranscribedOnce() {
        assertThat(KeyStateAnswers.operations()).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(KeyStateAnswers.operations()))
                .isEqualTo(Arrays.stream(Operation.values())
                        .map(Operation::awsName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String text(KeywardException refusal) {
        return refusal.code().awsCode() + ": " + refusal.getMessage();
    }
}
