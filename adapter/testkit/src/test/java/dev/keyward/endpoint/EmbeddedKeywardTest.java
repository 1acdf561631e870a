package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyward.boot.EmbeddedKeyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.RootIdentity;
import dev.keyward.boot.StartException;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** A program that holds Keyward in its own process, as users whose rights are evaluated and whose acts are recorded. */
class EmbeddedKeywardTest {
    private static final String ACCOUNT = "111122223333";
    private static final String ANNA = "arn:aws:iam::111122223333:user/team/anna";
    private static final SdkBytes PLAINTEXT = SdkBytes.fromString("attack at dawn", StandardCharsets.UTF_8);

    private static final String IDENTITIES = """
            accounts:
              "111122223333":
                users:
                  anna:
                    path: /team/
                    policies:
                      encrypt: |
                        {"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}}
            """;

    private final LocalKeyward keyward =
            LocalKeyward.builder().account(ACCOUNT).identities(IDENTITIES).start();

    @AfterEach
    void close() {
        keyward.close();
    }

    @Test
    void aUserMayWhatItsPoliciesAllow() throws IOException {
        String key = keyward.kms().createKey().keyMetadata().arn();
        KmsClient anna = keyward.inProcessKms(ANNA);

        SdkBytes ciphertext =
                anna.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT)).ciphertextBlob();

        assertThat(keyward.kms().decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext())
                .isEqualTo(PLAINTEXT);
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> anna.decrypt(r -> r.ciphertextBlob(ciphertext)))
                .satisfies(refusal ->
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
        assertThat(trail())
                .anySatisfy(record -> assertThat(record)
                        .contains("\"eventName\":\"Encrypt\"", ANNA, "\"userAgent\":\"keyward in-process\""))
                .anySatisfy(record ->
                        assertThat(record).contains("\"eventName\":\"Decrypt\"", ANNA, "AccessDeniedException"));
    }

    private List<String> trail() throws IOException {
        try (Stream<Path> files = Files.list(keyward.home().resolve("audit"))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }
    }

    @Test
    void aUserThatIsMadeAgainIsAnotherOne() {
        KmsClient anna = keyward.inProcessKms(ANNA);
        String key = keyward.kms().createKey().keyMetadata().arn();
        anna.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT));

        keyward.identities().delete("test", keyward.identities().find(new AccountId(ACCOUNT), Kind.USER, "anna"));
        keyward.applyIdentities(IDENTITIES);

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> anna.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT)))
                .satisfies(refusal ->
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException"));
    }

    @Test
    void nobodyElseHasAClient() {
        for (String nobody : List.of(
                "arn:aws:iam::111122223333:user/anna",
                "arn:aws:iam::111122223333:user/team/otto",
                "arn:aws:iam::111122223333:role/team/anna",
                "arn:aws:iam::1111:root",
                "anna",
                "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> keyward.inProcessKms(nobody));
        }
    }

    /** As the README has it. */
    @Test
    void aProgramOpensItByItsConfigurationFile(@TempDir Path directory) {
        String key = keyward.kms().createKey().keyMetadata().keyId();
        keyward.kms().createAlias(r -> r.aliasName("alias/orders").targetKeyId(key));
        Path file = keyward.writeConfiguration(directory.resolve("keyward.yaml"));
        keyward.stop();

        KeywardConfiguration configuration = KeywardConfiguration.load(file);
        try (EmbeddedKeyward embedded = EmbeddedKeyward.open(configuration)) {
            KmsClient kms = embedded.kmsClient(ANNA);
            assertThat(kms.encrypt(r -> r.keyId("alias/orders").plaintext(PLAINTEXT))
                            .ciphertextBlob())
                    .isNotNull();
        }
    }

    @Test
    void itNeedsNoServer() {
        Map<String, String> environment = keyward.environment();
        KeywardConfiguration configuration = KeywardConfiguration.load(Map.of(), environment, null);
        RootIdentity root = RootIdentity.from(environment, false);
        String key = keyward.kms().createKey().keyMetadata().keyId();
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> EmbeddedKeyward.open(configuration, root, environment, InstantSource.system()));

        keyward.stop();

        try (EmbeddedKeyward embedded =
                EmbeddedKeyward.open(configuration, root, environment, InstantSource.system())) {
            KmsClient kms = embedded.kmsClient(embedded.rootArn());
            SdkBytes ciphertext =
                    kms.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT)).ciphertextBlob();
            assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext())
                    .isEqualTo(PLAINTEXT);
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> kms.describeKey(r -> r.keyId("alias/none")));
        }
    }
}
