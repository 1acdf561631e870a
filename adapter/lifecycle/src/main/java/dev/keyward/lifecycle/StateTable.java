package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeywardException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * AWS KMS's key-state table, in the page's own shape: hold the page and this file side by side. A cell reads
 *
 * <ul>
 *   <li>{@code ok}: succeeds;
 *   <li>{@code [n]}: fails as note n says;
 *   <li>{@code ?[n]}: fails as note n says for the keys that the note is about, and succeeds for others;
 *   <li>{@code [n] or [m]}: as below;
 *   <li>{@code n/a}: the operation works on no existing key;
 *   <li>{@code -}: no operation of this version puts a key into that state; should one be found there it is refused.
 * </ul>
 *
 * <p>What the page calls n/a under PendingImport since such keys had no imported material then reads [5], as it does for
 * Decrypt. Where a cell names two notes, a note about the key's kind that holds for the key wins over one about its state
 * (unless the operation's row in {@link Operation} has its checks in another order), and of two about the state the
 * last wins: "[2] or [3]" is answered as AWS answers today, by note 3. A cell that names only notes about the kind fails
 * for the keys they hold for and succeeds for all others.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of AWS KMS keys</a>
 */
final class StateTable {
    // spotless:off
    private static final String TABLE = """
        operation                           | Enabled | Disabled   | PendingImport | PendingDeletion | Unavailable | Creating | Updating
        CancelKeyDeletion                   | [4]     | [4]        | [4]           | ok              | -           | -        | -
        CreateAlias                         | ok      | ok         | ok            | [3]             | -           | -        | -
        CreateGrant                         | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        CreateKey                           | n/a     | n/a        | n/a           | n/a             | n/a         | n/a      | n/a
        Decrypt                             | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        DeleteAlias                         | ok      | ok         | ok            | ok              | -           | -        | -
        DeleteImportedKeyMaterial           | ?[9]    | ?[9]       | ok (no effect)| [9]             | -           | -        | -
        DeriveSharedSecret                  | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        DescribeKey                         | ok      | ok         | ok            | ok              | -           | -        | -
        DisableKey                          | ok      | ok         | [5]           | [3]             | -           | -        | -
        DisableKeyRotation                  | ?[7]    | [1] or [7] | [6]           | [3] or [7]      | -           | -        | -
        EnableKey                           | ok      | ok         | [5]           | [3]             | -           | -        | -
        EnableKeyRotation                   | ?[7]    | [1] or [7] | [6]           | [3] or [7]      | -           | -        | -
        Encrypt                             | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateDataKey                     | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateDataKeyPair                 | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateDataKeyPairWithoutPlaintext | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateDataKeyWithoutPlaintext     | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateMac                         | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        GenerateRandom                      | n/a     | n/a        | n/a           | n/a             | n/a         | n/a      | n/a
        GetKeyLastUsage                     | ok      | ok         | ok            | ok              | -           | -        | -
        GetKeyPolicy                        | ok      | ok         | ok            | ok              | -           | -        | -
        GetKeyRotationStatus                | ?[7]    | ?[7]       | [6]           | ?[7]            | -           | -        | -
        GetParametersForImport              | ?[9]    | ?[9]       | ok            | [8] or [9]      | -           | -        | -
        GetPublicKey                        | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        ImportKeyMaterial                   | ?[9]    | ?[9]       | ok            | [8] or [9]      | -           | -        | -
        ListAliases                         | ok      | ok         | ok            | ok              | -           | -        | -
        ListGrants                          | ok      | ok         | ok            | ok              | -           | -        | -
        ListKeyPolicies                     | ok      | ok         | ok            | ok              | -           | -        | -
        ListKeyRotations                    | ok      | ok         | ok            | ok              | -           | -        | -
        ListKeys                            | ok      | ok         | ok            | ok              | -           | -        | -
        ListResourceTags                    | ok      | ok         | ok            | ok              | -           | -        | -
        ListRetirableGrants                 | ok      | ok         | ok            | ok              | -           | -        | -
        PutKeyPolicy                        | ok      | ok         | ok            | ok              | -           | -        | -
        ReEncrypt                           | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        RetireGrant                         | ok      | ok         | ok            | ok              | -           | -        | -
        RevokeGrant                         | ok      | ok         | ok            | ok              | -           | -        | -
        RotateKeyOnDemand                   | ok      | [1]        | [5]           | [3]             | -           | -        | -
        ScheduleKeyDeletion                 | ok      | ok         | ok            | [3]             | -           | -        | -
        Sign                                | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        TagResource                         | ok      | ok         | ok            | [3]             | -           | -        | -
        UntagResource                       | ok      | ok         | ok            | [3]             | -           | -        | -
        UpdateAlias                         | ok      | ok         | ok            | ?[10]           | -           | -        | -
        UpdateKeyDescription                | ok      | ok         | ok            | [3]             | -           | -        | -
        Verify                              | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        VerifyMac                           | ok      | [1]        | [5]           | [2] or [3]      | -           | -        | -
        """;
    // spotless:on

    private static final Pattern NOTE = Pattern.compile("\\[(\\d+)]");
    /** Note 10: only the destination of an alias is looked at, and there note 3 applies. */
    private static final String DESTINATION_ONLY = "?[10]";

    private static final Set<String> NOT_REFUSED = Set.of("ok", "ok (no effect)", "n/a");

    private static final Map<Operation, Map<KeyState, List<Note>>> CELLS = read();

    private StateTable() {}

    /** What of a cell refuses an operation on a key, about its kind or about its state; empty if nothing does. */
    static Optional<KeywardException> refusal(
            Operation operation, Note.Subject subject, KeyRecord key, KeyState state) {
        Map<KeyState, List<Note>> row = CELLS.get(operation);
        List<Note> cell = row == null ? null : row.get(state);
        if (cell == null) {
            throw new IllegalStateException(operation.awsName() + " has no cell for " + state.awsName());
        }
        for (Note note : cell.reversed()) {
            if (note.subject() == subject && note.concerns(key)) {
                return Optional.of(note.refusal(key));
            }
        }
        return Optional.empty();
    }

    private static Map<Operation, Map<KeyState, List<Note>>> read() {
        List<List<String>> lines = TABLE.lines().map(StateTable::columns).toList();
        List<KeyState> states =
                lines.getFirst().stream().skip(1).map(StateTable::state).toList();
        Map<Operation, Map<KeyState, List<Note>>> rows = new EnumMap<>(Operation.class);
        for (List<String> line : lines.subList(1, lines.size())) {
            Operation operation = Operation.named(line.getFirst()).orElseThrow();
            Map<KeyState, List<Note>> row = new EnumMap<>(KeyState.class);
            for (int column = 0; column < states.size(); column++) {
                String cell = line.get(column + 1);
                if (!cell.equals("-")) {
                    row.put(states.get(column), notes(cell));
                }
            }
            rows.put(operation, row);
        }
        return rows;
    }

    private static List<String> columns(String line) {
        return Stream.of(line.split("\\|")).map(String::strip).toList();
    }

    private static KeyState state(String name) {
        return Stream.of(KeyState.values())
                .filter(state -> state.awsName().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static List<Note> notes(String cell) {
        if (cell.equals(DESTINATION_ONLY)) {
            return List.of(Note.N3);
        }
        List<Note> notes = new ArrayList<>();
        Matcher matcher = NOTE.matcher(cell);
        while (matcher.find()) {
            notes.add(Note.of(Integer.parseInt(matcher.group(1))));
        }
        if (notes.isEmpty() && !NOT_REFUSED.contains(cell)) {
            throw new IllegalStateException("not a cell: " + cell);
        }
        return List.copyOf(notes);
    }
}
