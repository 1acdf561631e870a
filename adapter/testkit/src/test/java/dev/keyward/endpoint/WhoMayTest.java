package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Operation;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantOperation;

/**
 * Who may do what, through AWS's client: every operation, asked by every principal under every key policy of
 * {@code who-may.csv}. What is allowed succeeds; what is refused is refused in AWS's words and changes nothing.
 *
 * <p>Source of what is expected: AWS KMS Developer Guide, "AWS KMS permissions" and "Troubleshooting AWS KMS permissions";
 * AWS IAM User Guide, "Policy evaluation logic" and "Troubleshoot access denied error messages".
 */
@ExtendWith(KeywardExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class WhoMayTest {
    private static final Set<GrantOperation> ALL_BUT_RETIRING =
            EnumSet.complementOf(EnumSet.of(GrantOperation.RETIRE_GRANT, GrantOperation.UNKNOWN_TO_SDK_VERSION));

    /** Operations that succeed only once on a key. */
    private static final Set<String> SPENDING = Set.of(
            "CancelKeyDeletion",
            "DeleteAlias",
            "DeleteImportedKeyMaterial",
            "PutKeyPolicy",
            "RetireGrant",
            "RevokeGrant",
            "ScheduleKeyDeletion");

    private Principals principals;
    private KmsClient owner;
    private Map<String, KeysUnderAPolicy> keys;

    /**
     * What makes keys that have one key policy and are granted to the grantee, and two of them.
     *
     * @param standing for what changes nothing, one of each kind
     * @param other for operations on two keys
     */
    private record KeysUnderAPolicy(SampleKey.Maker maker, Map<SampleKey.Kind, SampleKey> standing, SampleKey other) {}

    @BeforeAll
    void useOneEndpoint(LocalKeyward keyward) {
        principals = new Principals(keyward);
        owner = principals.client("owner");
        keys = KeyPolicies.NAMES.stream().collect(Collectors.toMap(Function.identity(), this::keysUnder));
    }

    private KeysUnderAPolicy keysUnder(String keyPolicy) {
        SampleKey.Maker maker =
                new SampleKey.Maker(owner, principals.arn("grantee"), KeyPolicies.named(keyPolicy), ALL_BUT_RETIRING);
        Map<SampleKey.Kind, SampleKey> standing = new EnumMap<>(SampleKey.Kind.class);
        for (SampleKey.Kind kind : SampleKey.Kind.values()) {
            standing.put(kind, maker.make(kind, Origin.AWS_KMS, KeyState.ENABLED));
        }
        return new KeysUnderAPolicy(maker, standing, maker.make(Origin.AWS_KMS, KeyState.ENABLED));
    }

    @AfterAll
    void close() {
        principals.close();
    }

    static Stream<WhoMay.Row> rows() {
        return WhoMay.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyPrincipalIsAnsweredAsTranscribed(WhoMay.Row row) {
        SampleKey key = key(row);
        List<Object> before = KeySnapshot.of(owner, key);
        SoftAssertions softly = new SoftAssertions();

        for (String principal : row.principals(false)) {
            softly.check(() -> ask(principal, row, key));
        }
        softly.check(() -> assertThat(KeySnapshot.of(owner, key)).isEqualTo(before));
        for (String principal : row.principals(true)) {
            softly.check(() -> ask(principal, row, SPENDING.contains(row.operation()) ? key(row) : key));
        }

        softly.assertAll();
    }

    @Test
    void theTableHasEveryOperation() {
        assertThat(WhoMay.operations())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Operation.values()).map(Operation::awsName).toList());
    }

    private void ask(String principal, WhoMay.Row row, SampleKey key) {
        OperationsOnAKey operations = new OperationsOnAKey(
                principals.client(principal),
                principals.arn("grantee"),
                keys(row).other());
        row.expected(principal)
                .requireOf(() -> operations.call(row.operation(), key), principals.arn(principal), row.operation());
    }

    /** A key that the operation can be done on. */
    private SampleKey key(WhoMay.Row row) {
        String name = row.operation();
        Origin origin = name.contains("Import") ? Origin.EXTERNAL : Origin.AWS_KMS;
        KeyState state = name.equals("CancelKeyDeletion") ? KeyState.PENDING_DELETION : KeyState.ENABLED;
        boolean isReading = Operation.named(name)
                .filter(operation -> operation.kind() == Operation.Kind.READS)
                .isPresent();
        SampleKey.Kind kind = OperationsOnAKey.kind(name);
        return isReading && origin == Origin.AWS_KMS
                ? Objects.requireNonNull(keys(row).standing().get(kind))
                : keys(row).maker().make(kind, origin, state);
    }

    private KeysUnderAPolicy keys(WhoMay.Row row) {
        return Objects.requireNonNull(keys.get(row.keyPolicy()), row.keyPolicy());
    }
}
