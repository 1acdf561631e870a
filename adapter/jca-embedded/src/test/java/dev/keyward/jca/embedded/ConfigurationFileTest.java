package dev.keyward.jca.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.jca.KeywardProvider;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The provider configured by a configuration file: no server, and each use by the principal that the string names. */
class ConfigurationFileTest {
    private static final String ROOT = "?principal=arn:aws:iam::111122223333:root";
    private static final String ANNA = "arn:aws:iam::111122223333:user/anna";
    private static final String IDENTITIES = """
            accounts:
              "111122223333":
                users:
                  anna:
                    policies:
                      sign: |
                        {"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
                           "Resource": "*"}}
            """;

    private final LocalKeyward keyward =
            LocalKeyward.builder().identities(IDENTITIES).start();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void stopTheServer() {
        String key = keyward.kms()
                .createKey(request -> request.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
        keyward.kms().createAlias(request -> request.aliasName("alias/code").targetKeyId(key));
        file = keyward.writeConfiguration(directory.resolve("keyward.yaml"));
        keyward.stop();
    }

    @AfterEach
    void close() {
        keyward.close();
    }

    @Test
    void keysAreUsedByThePrincipalThatIsNamed() throws GeneralSecurityException, IOException {
        try (KeywardProvider provider = configure(file + "?principal=" + ANNA)) {
            assertThat(signature(provider)).isNotEmpty();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            assertThatThrownBy(generator::generateKeyPair)
                    .isInstanceOf(ProviderException.class)
                    .hasCauseInstanceOf(KmsException.class)
                    .hasMessageContaining("kms:CreateKey");
        }
        assertThat(trail())
                .anySatisfy(record -> assertThat(record)
                        .contains("\"eventName\":\"Sign\"", ANNA, "\"userAgent\":\"keyward in-process\""));
    }

    @Test
    void providersOfAFileShareAKeyward() throws GeneralSecurityException, IOException {
        Path sameFile = Files.createSymbolicLink(directory.resolve("link.yaml"), file);
        KeywardProvider first = configure(file + ROOT);
        KeywardProvider second = configure(sameFile + "?principal=" + ANNA);

        first.close();
        first.close();

        assertThatThrownBy(() -> signature(first)).isInstanceOf(ProviderException.class);
        assertThat(signature(second)).isNotEmpty();
        second.close();
        keyward.restart(); // the home is free again
    }

    @Test
    void whatIsWrongIsSaidAndNothingStaysOpen() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "homes: /nowhere");
        refuses(file.toString(), "?principal=arn:aws:iam::");
        refuses(file + "?principal=arn:aws:iam::111122223333:user/otto", "there is no user");
        refuses(file + "?principal=anna", "not the ARN");
        refuses(file + ROOT + "&profile=signer", "parameter profile is none of [certificates, principal]");
        refuses(directory.resolve("nowhere.yaml") + ROOT, "cannot be read");
        refuses("/\0.yaml" + ROOT, "Nul character");
        refuses(wrong + ROOT, "homes");

        keyward.restart();
        refuses(file + ROOT, "");
    }

    private static void refuses(String configuration, String reason) {
        assertThatThrownBy(() -> configure(configuration))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theJdksToolsNeedNoServer() throws IOException, InterruptedException {
        // The tools are modules, and have no other modules of the JDK but what they need themselves.
        JdkTool tools = new JdkTool(
                file + ROOT + "&certificates=" + directory.resolve("certificates"),
                directory,
                "-J--add-modules=ALL-DEFAULT");

        assertThat(tools.withKeys("keytool", "-list")).containsPattern("code, .*, PrivateKeyEntry,");
        assertThat(tools.withRegisteredKeys("keytool", "-list")).containsPattern("code, .*, PrivateKeyEntry,");
        keyward.restart(); // a JVM that ends leaves the home free
    }

    private static KeywardProvider configure(String configuration) {
        return (KeywardProvider) new KeywardProvider().configure(configuration);
    }

    private static byte[] signature(KeywardProvider provider) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("Keyward", provider);
        keys.load(null);
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign((PrivateKey) keys.getKey("code", null));
        return signature.sign();
    }

    private List<String> trail() throws IOException {
        try (Stream<Path> files = Files.list(keyward.home().resolve("audit"))) {
            List<String> lines = new ArrayList<>();
            for (Path each : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(each));
            }
            return lines;
        }
    }
}
