package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.token.ReferenceForms;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.SealedMessage;
import dev.keyward.lifecycle.CiphertextVectors.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the published vectors, and holds them to their generator. */
class CiphertextVectorsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/ciphertext-vectors");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().toList();
        }
    }

    @Test
    void theGeneratorMakesJustThese() throws IOException {
        Map<String, String> published = new LinkedHashMap<>();
        for (Path file : files()) {
            published.put(file.getFileName().toString(), Files.readString(file));
        }

        assertThat(new TreeSet<>(published.keySet()))
                .isEqualTo(new TreeSet<>(CiphertextVectors.all().keySet()));
        assertThat(published).containsAllEntriesOf(CiphertextVectors.all());
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAsExpected(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);
        byte[] blob = HexFormat.of().parseHex(value(lines, "blob"));
        switch (Expected.valueOf(value(lines, "expect"))) {
            case OK -> assertThat(decrypt(lines, blob)).isEqualTo(HexFormat.of().parseHex(value(lines, "plaintext")));
            case DAMAGED ->
                assertThatThrownBy(() -> CiphertextBlob.decode(blob)).isInstanceOf(KeywardException.class);
            case NOT_AUTHENTIC ->
                assertThatThrownBy(() -> decrypt(lines, blob)).isInstanceOf(AEADBadTagException.class);
        }
    }

    private static byte[] decrypt(List<String> lines, byte[] bytes) throws GeneralSecurityException {
        CiphertextBlob blob = CiphertextBlob.decode(bytes);
        SealedMessage message = blob.message();
        byte[] material = HexFormat.of().parseHex(value(lines, "material"));
        Map<String, String> context = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.startsWith("context: ")) {
                String[] pair = line.substring("context: ".length()).split("=", 2);
                context.put(pair[0], pair[1]);
            }
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(ReferenceForms.messageKey(message.form(), material, message.nonce()), "AES"),
                new GCMParameterSpec(128, message.iv()));
        cipher.updateAAD(blob.associatedData(new EncryptionContext(context)));
        return cipher.doFinal(message.ciphertext());
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
