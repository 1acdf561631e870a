package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.boot.StartException;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.Identity;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Somebody can write the database, and would like to be an administrator. Nothing that the rows say is believed. */
class DatabaseWriterTest {
    private static final String ACCOUNT = "111122223333";
    private static final SdkBytes PLAINTEXT = SdkBytes.fromString("attack at dawn", StandardCharsets.UTF_8);

    private final LocalKeyward keyward =
            LocalKeyward.builder().account(ACCOUNT).identities("""
                    accounts:
                      "111122223333":
                        users:
                          mallory:
                            policies:
                              nothing: |
                                {"Version": "2012-10-17", "Statement":
                                  {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}}
                    """).start();

    @AfterEach
    void stop() {
        keyward.close();
    }

    private void write(String sql) {
        try (Connection database = DriverManager.getConnection(
                        "jdbc:sqlite:" + keyward.home().resolve("keyward.db"));
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private SampleKey key(KeyState state) {
        return new SampleKey.Maker(keyward.kms(), keyward.root().principalArn()).make(Origin.AWS_KMS, state);
    }

    private static void assertFails(Runnable call) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(call::run).satisfies(failure -> {
            assertThat(failure.statusCode()).isEqualTo(500);
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("KMSInternalException");
        });
    }

    /** What the last record says; the trail is its owner's, so everything that ever ran is in these files. */
    private String trail() {
        StringBuilder trail = new StringBuilder();
        try (Stream<Path> files = Files.list(keyward.home().resolve("audit"))) {
            for (Path file : files.sorted().toList()) {
                trail.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return trail.toString();
    }

    @Test
    void aDisabledKeyIsNotEnabled() {
        SampleKey disabled = key(KeyState.DISABLED);
        SampleKey other = key(KeyState.ENABLED);
        keyward.restart();

        write("UPDATE keys SET enabled = TRUE WHERE id = '" + disabled.id() + "'");

        assertFails(() -> keyward.kms().encrypt(r -> r.keyId(disabled.id()).plaintext(PLAINTEXT)));
        assertThat(keyward.kms()
                        .encrypt(r -> r.keyId(other.id()).plaintext(PLAINTEXT))
                        .ciphertextBlob())
                .isNotNull();
        assertThat(trail().lines())
                .anySatisfy(record -> assertThat(record)
                        .contains("\"eventName\":\"Encrypt\"", "\"errorCode\":\"KMSInternalException\"")
                        .contains("\"refusedRow\":\"row " + disabled.id() + " of keys is not as Keyward wrote it"));
        assertDoesNotStartAgain("row " + disabled.id() + " of keys");
    }

    private void assertDoesNotStartAgain(String naming) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(keyward::restart)
                .withMessageContaining("the database is not as Keyward left it")
                .withMessageContaining(naming);
    }

    @Test
    void aKeyPolicyIsNotWidened() {
        SampleKey key = key(KeyState.ENABLED);
        keyward.restart();

        write("UPDATE keys SET policy = replace(policy, 'Allow', 'Allow ')");

        assertFails(() -> keyward.kms().describeKey(r -> r.keyId(key.id())));
    }

    @Test
    void anIdentityPolicyIsNotWidened() {
        Identity mallory = keyward.signIn(ACCOUNT, "mallory");
        keyward.restart();

        write("UPDATE identities SET policies = replace(policies, 'Deny', 'Allow')");

        try (KmsClient kms = keyward.kms(mallory)) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(kms::createKey)
                    .satisfies(failure -> assertThat(failure.statusCode()).isEqualTo(500));
        }
        assertDoesNotStartAgain(" of identities");
    }

    @Test
    void anAliasIsNotPointedElsewhere() {
        SampleKey victim = key(KeyState.ENABLED);
        SampleKey other = key(KeyState.ENABLED);
        keyward.kms().createAlias(r -> r.aliasName("alias/payments").targetKeyId(victim.id()));
        keyward.restart();

        write("UPDATE aliases SET target = '" + other.id() + "' WHERE name = 'alias/payments'");

        assertFails(() ->
                keyward.kms().generateDataKey(r -> r.keyId("alias/payments").keySpec(DataKeySpec.AES_256)));
        assertDoesNotStartAgain("alias/payments of aliases");
    }

    @Test
    void aGrantIsNotForEverybody() {
        SampleKey key = key(KeyState.ENABLED);
        String grant = keyward.kms()
                .createGrant(r -> r.keyId(key.id())
                        .granteePrincipal(keyward.root().principalArn())
                        .operationsWithStrings("Decrypt"))
                .grantId();
        keyward.restart();

        write("UPDATE grants SET operations = '[\"Decrypt\",\"Encrypt\"]'");

        assertFails(() -> keyward.kms().listGrants(r -> r.keyId(key.id())));
        assertFails(() -> keyward.kms().revokeGrant(r -> r.keyId(key.id()).grantId(grant)));
        assertDoesNotStartAgain("row " + grant + " of grants");
    }

    @Test
    void aRowThatIsRemovedIsFoundWithinAnHourAndRecordedOnce() {
        SampleKey key = key(KeyState.ENABLED);
        keyward.kms().createAlias(r -> r.aliasName("alias/payments").targetKeyId(key.id()));
        write("DELETE FROM aliases WHERE name = 'alias/payments'");

        keyward.advance(Duration.ofMinutes(59));
        assertThat(foundFaults()).isZero();
        keyward.advance(Duration.ofMinutes(2));
        assertThat(foundFaults()).isOne();
        keyward.advance(Duration.ofHours(2));
        assertThat(foundFaults()).isOne();
    }

    private long foundFaults() {
        return trail().lines()
                .filter(record -> record.contains("\"eventName\":\"FindDatabaseFault\""))
                .count();
    }

    @Test
    void aRowThatIsRemovedIsMissedAtTheNextStart() {
        SampleKey key = key(KeyState.ENABLED);
        keyward.kms().createAlias(r -> r.aliasName("alias/payments").targetKeyId(key.id()));

        write("DELETE FROM aliases");

        assertDoesNotStartAgain("each row is one that Keyward wrote, but not all of them are those of now");
    }
}
