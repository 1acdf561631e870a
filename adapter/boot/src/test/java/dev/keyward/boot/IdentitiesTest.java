package dev.keyward.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.boot.KeywardConfiguration.AccessKey;
import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.conformance.store.InMemoryIdentityStore;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccessKeyRecord.Source;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Region;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.SecretSealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesTest {
    private static final String ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String OTHER_ID = "AKIAI44QH8DHBEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String OTHER_SECRET = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";

    @TempDir
    private Path directory;

    private final InMemoryIdentityStore store = new InMemoryIdentityStore();
    private final MovedClock clock = new MovedClock();
    private final List<AuditEvent> audited = new ArrayList<>();
    private final Identities identities = new Identities(
            store,
            new ReversingSealer(),
            new Drawn(new SecureRandom()),
            clock,
            new AuditSink() {
                @Override
                public void write(AuditEvent event) {
                    audited.add(event);
                }

                @Override
                public void close() {}
            },
            new Region("us-east-1"));

    @Test
    void theFirstRootIsGeneratedAndKept() {
        AccessKeyRecord root = identities.establishRoot(asked(Map.of()));

        assertThat(root.id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(secretOf(root)).matches("[A-Za-z0-9+/]{40}");
        assertThat(root.account()).isEqualTo(new AccountId("111122223333"));
        assertThat(root.userId()).isNull();
        assertThat(root.source()).isEqualTo(Source.ROOT);
        assertSame(identities.establishRoot(asked(Map.of())), root);
    }

    @Test
    void theFirstRootIsAsAskedFor() {
        AccessKeyRecord root = identities.establishRoot(asked(ID, SECRET, "999999999999"));

        assertThat(root.id()).isEqualTo(ID);
        assertThat(secretOf(root)).isEqualTo(SECRET);
        assertThat(root.account()).isEqualTo(new AccountId("999999999999"));
        assertSame(identities.establishRoot(asked(ID, SECRET, "999999999999")), root);
        assertSame(identities.establishRoot(asked(Map.of())), root);
    }

    @Test
    void anotherRootIsRefusedByTheVariableThatDiffers() {
        identities.establishRoot(asked(ID, SECRET, "999999999999"));

        Map<RootIdentity, String> refused = Map.of(
                asked(OTHER_ID, SECRET, "999999999999"), "KEYWARD_ROOT_ACCESS_KEY_ID",
                asked(ID, OTHER_SECRET, "999999999999"), "KEYWARD_ROOT_SECRET_ACCESS_KEY",
                asked(ID, SECRET, "888888888888"), "KEYWARD_ROOT_ACCOUNT_ID");
        refused.forEach((wanted, variable) -> assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> identities.establishRoot(wanted))
                .withMessage(variable + " is not that of the root identity of this home (" + ID
                        + ", account 999999999999); to replace it start with serve --replace-root or"
                        + " KEYWARD_ROOT_REPLACE=true"));
        assertThat(store.listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly(ID);
    }

    @Test
    void aReplacedRootIsGone() {
        identities.establishRoot(asked(ID, SECRET, "999999999999"));

        AccessKeyRecord root = identities.establishRoot(RootIdentity.from(
                Map.of(
                        "KEYWARD_ROOT_ACCESS_KEY_ID", OTHER_ID,
                        "KEYWARD_ROOT_SECRET_ACCESS_KEY", OTHER_SECRET,
                        "KEYWARD_ROOT_REPLACE", "true"),
                false));

        assertThat(root.account()).isEqualTo(new AccountId("999999999999"));
        assertThat(secretOf(root)).isEqualTo(OTHER_SECRET);
        assertThat(store.listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly(OTHER_ID);
        assertThat(audited).extracting(AuditEvent::operation).containsExactly("ReplaceRoot");
        AuditEvent event = audited.getFirst();
        assertThat(event.scope().account()).isEqualTo(root.account());
        assertThat(event.requestParameters()).containsOnly(Map.entry("accessKeyId", OTHER_ID));
    }

    @Test
    void aRootThatWasDisabledStaysSoUnlessItIsReplaced() {
        AccessKeyRecord root = identities.establishRoot(asked(ID, SECRET, "999999999999"));
        store.change(new IdentityChange.PutAccessKey(root.withActive(false)));

        assertThat(identities.establishRoot(asked(ID, SECRET, "999999999999")).active())
                .isFalse();
        assertThat(identities.establishRoot(asked(Map.of())).active()).isFalse();

        RootIdentity replacement = RootIdentity.from(
                Map.of("KEYWARD_ROOT_ACCESS_KEY_ID", OTHER_ID, "KEYWARD_ROOT_SECRET_ACCESS_KEY", OTHER_SECRET), true);
        assertThat(identities.establishRoot(replacement).active()).isTrue();
    }

    @Test
    void wrongRootVariablesAreNamedAndTheirValuesNotShown() {
        Map<Map<String, String>, String> wrong = new HashMap<>();
        wrong.put(Map.of("KEYWARD_ROOT_ACCESS_KEY_ID", ID), "KEYWARD_ROOT_SECRET_ACCESS_KEY is not set");
        wrong.put(Map.of("KEYWARD_ROOT_SECRET_ACCESS_KEY", "shortword"), "KEYWARD_ROOT_ACCESS_KEY_ID is not set");
        wrong.put(
                Map.of("KEYWARD_ROOT_ACCESS_KEY_ID", ID, "KEYWARD_ROOT_SECRET_ACCESS_KEY", "shortword"),
                "KEYWARD_ROOT_SECRET_ACCESS_KEY is not allowed as it is; it must be 16 to 128 printable ASCII");
        wrong.put(
                Map.of("KEYWARD_ROOT_ACCESS_KEY_ID", "not an id", "KEYWARD_ROOT_SECRET_ACCESS_KEY", SECRET),
                "KEYWARD_ROOT_ACCESS_KEY_ID is not allowed as it is; it must be 16 to 128 letters");
        wrong.put(Map.of("KEYWARD_ROOT_ACCOUNT_ID", "12"), "KEYWARD_ROOT_ACCOUNT_ID is not allowed as it is");
        wrong.put(Map.of("KEYWARD_ROOT_REPLACE", "yes"), "it must be true or false");
        wrong.forEach((environment, message) -> assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> asked(environment))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("shortword", SECRET)));
    }

    @Test
    void theListIsTheTruth() throws IOException {
        AccessKeyRecord root = identities.establishRoot(asked(ID, SECRET, "999999999999"));
        Path secretFile = Files.writeString(directory.resolve("secret"), OTHER_SECRET + "\n");
        AccessKey fromFile = accessKey(OTHER_ID, new SecretSource.File(secretFile));
        AccessKey fromVariable = accessKey("AKIAFROMVARIABLE", new SecretSource.Variable("SECRET"));

        identities.establishListed(List.of(fromFile, fromVariable), Map.of("SECRET", SECRET));
        assertThat(store.listAccessKeys())
                .extracting(AccessKeyRecord::id)
                .containsExactlyInAnyOrder(ID, OTHER_ID, "AKIAFROMVARIABLE");
        AccessKeyRecord stored = store.findAccessKey(OTHER_ID).orElseThrow();
        assertThat(secretOf(stored)).isEqualTo(OTHER_SECRET);

        clock.now = clock.now.plusSeconds(1);
        identities.establishListed(List.of(fromFile), Map.of());
        assertThat(store.listAccessKeys())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(root, stored);

        Files.writeString(secretFile, SECRET);
        identities.establishListed(List.of(fromFile), Map.of());
        assertThat(secretOf(store.findAccessKey(OTHER_ID).orElseThrow())).isEqualTo(SECRET);

        identities.establishListed(List.of(), Map.of());
        assertThat(store.listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly(root.id());
        assertThat(audited)
                .extracting(AuditEvent::operation)
                .containsExactly(
                        "CreateUser",
                        "CreateAccessKey",
                        "CreateAccessKey",
                        "DeleteAccessKey",
                        "UpdateAccessKey",
                        "DeleteAccessKey");
    }

    @Test
    void aListedUserIsMadeOnceAndKeepsItsUniqueId() {
        Map<String, String> secret = Map.of("SECRET", SECRET);
        AccessKey listed = accessKey(OTHER_ID, new SecretSource.Variable("SECRET"));
        identities.establishListed(List.of(listed), secret);

        IdentityRecord user = store.listIdentities().getFirst();
        assertThat(user.arn()).isEqualTo("arn:aws:iam::222222222222:user/one");
        assertThat(user.policies()).extracting(PolicyDocument::name).containsExactly("AdministratorAccess");
        assertThat(store.findAccessKey(OTHER_ID).orElseThrow().userId()).isEqualTo(user.uniqueId());

        // Whoever is there already keeps the policies that a command gave it.
        store.change(new IdentityChange.Update(user.withPolicies(List.of())));
        identities.establishListed(List.of(), Map.of());
        identities.establishListed(List.of(listed), secret);
        assertThat(store.listIdentities())
                .containsExactly(user.withPolicies(List.of()).atVersion(2));
    }

    @Test
    void aPrincipalThatCanHaveNoAccessKeyIsRefused() {
        for (String principal : List.of(
                "arn:aws:iam::222222222222:role/one",
                "arn:aws:iam::333333333333:user/one",
                "arn:aws:iam::333333333333:root",
                "one")) {
            AccessKey listed = new AccessKey(
                    OTHER_ID, new SecretSource.Variable("SECRET"), new AccountId("222222222222"), principal);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> identities.establishListed(List.of(listed), Map.of("SECRET", SECRET)))
                    .withMessage("accessKeys: the principal of " + OTHER_ID + ", " + principal
                            + ", must be the root user or a user of account 222222222222");
        }
        assertThat(store.listAccessKeys()).isEmpty();
    }

    @Test
    void aListedKeyWhoseSecretCannotBeReadIsNamed() throws IOException {
        identities.establishRoot(asked(ID, SECRET, "999999999999"));
        Path empty = Files.createFile(directory.resolve("empty"));
        Path missing = directory.resolve("missing");
        Map<SecretSource, String> refused = Map.of(
                new SecretSource.File(missing),
                "file " + missing + " cannot be read: there is no such file or directory",
                new SecretSource.File(empty),
                "file " + empty + " is empty or not set",
                new SecretSource.Variable("NOWHERE"),
                "environment variable NOWHERE is empty or not set");
        refused.forEach((source, message) -> assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> identities.establishListed(List.of(accessKey(OTHER_ID, source)), Map.of()))
                .withMessage("the secret of access key " + OTHER_ID + ": " + message));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> identities.establishListed(
                        List.of(accessKey(ID, new SecretSource.Variable("SECRET"))), Map.of("SECRET", SECRET)))
                .withMessage("accessKeys: " + ID + " is the root identity's access key");
    }

    @Test
    void credentialsAreAPrivateProfile() throws IOException {
        AccessKeyRecord root = identities.establishRoot(asked(ID, SECRET, "999999999999"));
        Path file = directory.resolve("credentials");

        identities.writeCredentials(root, CredentialsFile.ofRoot(file), new Region("eu-west-1"));

        assertThat(Files.readAllLines(file))
                .containsSubsequence(
                        "[keyward]",
                        "region = eu-west-1",
                        "aws_access_key_id = " + ID,
                        "aws_secret_access_key = " + SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void credentialsAreReplacedWholeAndOnlyWhenTheyDiffer() throws IOException {
        AccessKeyRecord root = identities.establishRoot(asked(ID, SECRET, "999999999999"));
        Path file = directory.resolve("credentials");
        CredentialsFile credentials = CredentialsFile.ofRoot(file);
        identities.writeCredentials(root, credentials, new Region("eu-west-1"));
        Object first = fileKey(file);

        identities.writeCredentials(root, credentials, new Region("eu-west-1"));
        assertThat(fileKey(file)).isEqualTo(first);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        identities.writeCredentials(root, credentials, new Region("eu-west-1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        // Never written in place: who reads meanwhile sees one whole file or the other.
        Path reader = Files.createLink(directory.resolve("as-a-reader-holds-it"), file);
        identities.writeCredentials(root, credentials, new Region("us-east-1"));
        assertThat(Files.readString(reader)).contains("region = eu-west-1").endsWith(SECRET + "\n");
        assertThat(Files.readString(file)).contains("region = us-east-1").endsWith(SECRET + "\n");
        try (var entries = Files.list(directory)) {
            assertThat(entries).containsExactlyInAnyOrder(file, reader);
        }
    }

    /** By value: the records hold an array, which their own equals compares by identity. */
    private static void assertSame(AccessKeyRecord actual, AccessKeyRecord expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private static AccessKey accessKey(String id, SecretSource secret) {
        return new AccessKey(id, secret, new AccountId("222222222222"), "arn:aws:iam::222222222222:user/one");
    }

    private static RootIdentity asked(Map<String, String> environment) {
        return RootIdentity.from(environment, false);
    }

    private static RootIdentity asked(String id, String secret, String account) {
        return asked(Map.of(
                "KEYWARD_ROOT_ACCESS_KEY_ID", id,
                "KEYWARD_ROOT_SECRET_ACCESS_KEY", secret,
                "KEYWARD_ROOT_ACCOUNT_ID", account));
    }

    private static String secretOf(AccessKeyRecord accessKey) {
        byte[] secret = new ReversingSealer().open(accessKey.id(), accessKey.account(), accessKey.sealedSecret());
        return new String(secret, StandardCharsets.US_ASCII);
    }

    private static final class MovedClock implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Turns a secret round behind its id, which is enough to see that what is stored is what was sealed. */
    private static final class ReversingSealer implements SecretSealer {
        @Override
        public byte[] seal(String accessKeyId, AccountId account, byte[] secret) {
            return (accessKeyId + account + new StringBuilder(new String(secret, StandardCharsets.US_ASCII)).reverse())
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] open(String accessKeyId, AccountId account, byte[] sealed) {
            String text = new String(sealed, StandardCharsets.US_ASCII);
            assertThat(text).startsWith(accessKeyId + account);
            return new StringBuilder(text.substring((accessKeyId + account).length()))
                    .reverse()
                    .toString()
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
