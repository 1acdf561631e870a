package dev.keyward.conformance;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The key-state table, transcribed a second time and by outcome: for each origin and state, what a request is answered.
 * Whatever decides or answers is held against it, cell by cell. Each row is of a key that the operation works on at all. A generated key cannot be pending import, so it has no
 * such column. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of AWS KMS keys</a>
 */
public final class KeyStateAnswers {
    /** The answer of a request that succeeds. */
    public static final String OK = "ok";

    /** What each word in the table below stands for. */
    private static final Map<String, String> ANSWERS = Map.of(
            "ok", OK,
            "disabled", "DisabledException: KEY is disabled.",
            "deletion", "KMSInvalidStateException: KEY is pending deletion.",
            "notDeletion", "KMSInvalidStateException: KEY is not pending deletion.",
            "import", "KMSInvalidStateException: KEY is pending import.",
            "external", "UnsupportedOperationException: KEY origin is EXTERNAL which is not valid for this operation.",
            "generated", "UnsupportedOperationException: KEY origin is AWS_KMS which is not valid for this operation.");

    // spotless:off
    private static final String TABLE = """
                                            AWS_KMS:                              EXTERNAL:
                                            Enabled     Disabled    PendingDeletion  Enabled     Disabled    PendingImport PendingDeletion
        CancelKeyDeletion                   notDeletion notDeletion ok               notDeletion notDeletion notDeletion   ok
        CreateAlias                         ok          ok          deletion         ok          ok          ok            deletion
        CreateGrant                         ok          disabled    deletion         ok          disabled    import        deletion
        CreateKey                           ok          ok          ok               ok          ok          ok            ok
        Decrypt                             ok          disabled    deletion         ok          disabled    import        deletion
        DeleteAlias                         ok          ok          ok               ok          ok          ok            ok
        DeleteImportedKeyMaterial           generated   generated   generated        ok          ok          ok            ok
        DeriveSharedSecret                  ok          disabled    deletion         ok          disabled    import        deletion
        DescribeKey                         ok          ok          ok               ok          ok          ok            ok
        DisableKey                          ok          ok          deletion         ok          ok          import        deletion
        DisableKeyRotation                  ok          disabled    deletion         external    external    external      external
        EnableKey                           ok          ok          deletion         ok          ok          import        deletion
        EnableKeyRotation                   ok          disabled    deletion         external    external    external      external
        Encrypt                             ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKey                     ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKeyPair                 ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKeyPairWithoutPlaintext ok          disabled    deletion         ok          disabled    import        deletion
        GenerateDataKeyWithoutPlaintext     ok          disabled    deletion         ok          disabled    import        deletion
        GenerateMac                         ok          disabled    deletion         ok          disabled    import        deletion
        GenerateRandom                      ok          ok          ok               ok          ok          ok            ok
        GetKeyLastUsage                     ok          ok          ok               ok          ok          ok            ok
        GetKeyPolicy                        ok          ok          ok               ok          ok          ok            ok
        GetKeyRotationStatus                ok          ok          ok               external    external    external      external
        GetParametersForImport              generated   generated   generated        ok          ok          ok            deletion
        GetPublicKey                        ok          disabled    deletion         ok          disabled    import        deletion
        ImportKeyMaterial                   generated   generated   generated        ok          ok          ok            deletion
        ListAliases                         ok          ok          ok               ok          ok          ok            ok
        ListGrants                          ok          ok          ok               ok          ok          ok            ok
        ListKeyPolicies                     ok          ok          ok               ok          ok          ok            ok
        ListKeyRotations                    ok          ok          ok               ok          ok          ok            ok
        ListKeys                            ok          ok          ok               ok          ok          ok            ok
        ListResourceTags                    ok          ok          ok               ok          ok          ok            ok
        ListRetirableGrants                 ok          ok          ok               ok          ok          ok            ok
        PutKeyPolicy                        ok          ok          ok               ok          ok          ok            ok
        ReEncrypt                           ok          disabled    deletion         ok          disabled    import        deletion
        RetireGrant                         ok          ok          ok               ok          ok          ok            ok
        RevokeGrant                         ok          ok          ok               ok          ok          ok            ok
        RotateKeyOnDemand                   ok          disabled    deletion         ok          disabled    import        deletion
        ScheduleKeyDeletion                 ok          ok          deletion         ok          ok          ok            deletion
        Sign                                ok          disabled    deletion         ok          disabled    import        deletion
        TagResource                         ok          ok          deletion         ok          ok          ok            deletion
        UntagResource                       ok          ok          deletion         ok          ok          ok            deletion
        UpdateAlias                         ok          ok          deletion         ok          ok          ok            deletion
        UpdateKeyDescription                ok          ok          deletion         ok          ok          ok            deletion
        Verify                              ok          disabled    deletion         ok          disabled    import        deletion
        VerifyMac                           ok          disabled    deletion         ok          disabled    import        deletion
        """;
    // spotless:on

    private static final List<Column> COLUMNS = List.of(
            new Column(Origin.AWS_KMS, KeyState.ENABLED),
            new Column(Origin.AWS_KMS, KeyState.DISABLED),
            new Column(Origin.AWS_KMS, KeyState.PENDING_DELETION),
            new Column(Origin.EXTERNAL, KeyState.ENABLED),
            new Column(Origin.EXTERNAL, KeyState.DISABLED),
            new Column(Origin.EXTERNAL, KeyState.PENDING_IMPORT),
            new Column(Origin.EXTERNAL, KeyState.PENDING_DELETION));

    private record Column(Origin origin, KeyState state) {}

    private KeyStateAnswers() {}

    /**
     * A cell.
     *
     * @param operation AWS's name of the operation
     * @param origin of the key
     * @param state of the key
     * @param answer {@link #OK}, or code and message as they are answered, with KEY for the key's ARN
     */
    public record Cell(String operation, Origin origin, KeyState state, String answer) {
        /** What is answered for the key of that ARN. */
        public String answerFor(String keyArn) {
            return answer.replace("KEY", keyArn);
        }

        @Override
        public String toString() {
            return operation + ", " + origin + ", " + state;
        }
    }

    /** All of it, row by row. */
    public static Stream<Cell> cells() {
        return rows().flatMap(row -> IntStream.range(0, COLUMNS.size()).mapToObj(i -> {
            Column column = COLUMNS.get(i);
            String answer = Objects.requireNonNull(ANSWERS.get(row.get(i + 1)), row::toString);
            return new Cell(row.getFirst(), column.origin(), column.state(), answer);
        }));
    }

    /** AWS's names of the operations, one for each row. */
    public static List<String> operations() {
        return rows().map(List::getFirst).toList();
    }

    private static Stream<List<String>> rows() {
        return TABLE.lines().skip(2).map(line -> List.of(line.strip().split("\\s+")));
    }
}
