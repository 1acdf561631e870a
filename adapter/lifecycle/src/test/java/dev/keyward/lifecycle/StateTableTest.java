package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The key-state table, transcribed a second time and by outcome: for each origin and state, what a request is answered.
 * Every cell is compared. A generated key cannot be pending import, so it has no such column.
 */
class StateTableTest {
    /** What each word in the table below stands for. */
    private static final Map<String, String> ANSWERS = Map.of(
            "disabled", "DisabledException: KEY is disabled.",
            "deletion", "KMSInvalidStateException: KEY is pending deletion.",
            "notDeletion", "KMSInvalidStateException: KEY is not pending deletion.",
            "import", "KMSInvalidStateException: KEY is pending import.",
            "external", "UnsupportedOperationException: KEY origin is EXTERNAL which is not valid for this operation.",
            "generated", "UnsupportedOperationException: KEY origin is AWS_KMS which is not valid for this operation.");

    // spotless:off
    private static final String TRANSCRIPTION = """
                                        AWS_KMS:                              EXTERNAL:
                                        Enabled     Disabled    PendingDeletion  Enabled     Disabled    PendingImport PendingDeletion
        CancelKeyDeletion               notDeletion notDeletion ok               notDeletion notDeletion notDeletion   ok
        CreateAlias                     ok          ok          deletion         ok          ok          ok            deletion
        CreateGrant                     ok          disabled    deletion         ok          disabled    import        deletion
        CreateKey                       ok          ok          ok               ok          ok          ok            ok
        Decrypt                         ok          disabled    deletion         ok          disabled    import        deletion
        DeleteAlias                     ok          ok          ok               ok          ok          ok            ok
        DeleteImportedKeyMaterial       generated   generated   generated        ok          ok          ok            ok
        DescribeKey                     ok          ok          ok               ok          ok          ok            ok
        DisableKey                      ok          ok          deletion         ok          ok          import        deletion
        DisableKeyRotation              ok          disabled    deletion         external    external    external      external
        EnableKey                       ok          ok          deletion         ok          ok          import        deletion
        EnableKeyRotation               ok          disabled    deletion         external    external    external      external
        Encrypt                         ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKey                 ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKeyWithoutPlaintext ok          disabled    deletion         ok          disabled    import        deletion
        GenerateRandom                  ok          ok          ok               ok          ok          ok            ok
        GetKeyPolicy                    ok          ok          ok               ok          ok          ok            ok
        GetKeyRotationStatus            ok          ok          ok               external    external    external      external
        GetParametersForImport          generated   generated   generated        ok          ok          ok            deletion
        ImportKeyMaterial               generated   generated   generated        ok          ok          ok            deletion
        ListAliases                     ok          ok          ok               ok          ok          ok            ok
        ListGrants                      ok          ok          ok               ok          ok          ok            ok
        ListKeyPolicies                 ok          ok          ok               ok          ok          ok            ok
        ListKeys                        ok          ok          ok               ok          ok          ok            ok
        ListResourceTags                ok          ok          ok               ok          ok          ok            ok
        ListRetirableGrants             ok          ok          ok               ok          ok          ok            ok
        PutKeyPolicy                    ok          ok          ok               ok          ok          ok            ok
        ReEncrypt                       ok          disabled    deletion         ok          disabled    import        deletion
        RetireGrant                     ok          ok          ok               ok          ok          ok            ok
        RevokeGrant                     ok          ok          ok               ok          ok          ok            ok
        ScheduleKeyDeletion             ok          ok          deletion         ok          ok          ok            deletion
        TagResource                     ok          ok          deletion         ok          ok          ok            deletion
        UntagResource                   ok          ok          deletion         ok          ok          ok            deletion
        UpdateAlias                     ok          ok          deletion         ok          ok          ok            deletion
        UpdateKeyDescription            ok          ok          deletion         ok          ok          ok            deletion
        """;
    // spotless:on

    private record Column(Origin origin, KeyState state) {}

    private static final List<Column> COLUMNS = List.of(
            new Column(Origin.AWS_KMS, KeyState.ENABLED),
            new Column(Origin.AWS_KMS, KeyState.DISABLED),
            new Column(Origin.AWS_KMS, KeyState.PENDING_DELETION),
            new Column(Origin.EXTERNAL, KeyState.ENABLED),
            new Column(Origin.EXTERNAL, KeyState.DISABLED),
            new Column(Origin.EXTERNAL, KeyState.PENDING_IMPORT),
            new Column(Origin.EXTERNAL, KeyState.PENDING_DELETION));

    record Cell(Operation operation, Origin origin, KeyState state, String expected) {}

    static Stream<Cell> cells() {
        return rows().stream()
                .flatMap(row -> Stream.iterate(0, i -> i < COLUMNS.size(), i -> i + 1)
                        .map(i -> new Cell(
                                Operation.named(row.getFirst()).orElseThrow(),
                                COLUMNS.get(i).origin(),
                                COLUMNS.get(i).state(),
                                row.get(i + 1))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellAnswersAsTranscribed(Cell cell) {
        KeyRecord key = KeyRecord.builder(Fixture.SCOPE, KeyId.random())
                .origin(cell.origin())
                .build();

        String answer = StateTable.refusal(cell.operation(), key, cell.state())
                .map(StateTableTest::text)
                .orElse("ok");

        String expected = cell.expected().equals("ok")
                ? "ok"
                : Objects.requireNonNull(ANSWERS.get(cell.expected())).replace("KEY", key.arn());
        assertThat(answer).isEqualTo(expected);
    }

    @Test
    void everyOperationIsTranscribedOnce() {
        List<String> transcribed = rows().stream().map(List::getFirst).toList();

        assertThat(transcribed).doesNotHaveDuplicates().hasSize(35);
        assertThat(new TreeSet<>(transcribed))
                .isEqualTo(Arrays.stream(Operation.values())
                        .map(Operation::awsName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String text(KeywardException refusal) {
        return refusal.code().awsCode() + ": " + refusal.getMessage();
    }

    private static List<List<String>> rows() {
        return TRANSCRIPTION
                .lines()
                .skip(2)
                .map(line -> List.of(line.strip().split("\\s+")))
                .toList();
    }
}
