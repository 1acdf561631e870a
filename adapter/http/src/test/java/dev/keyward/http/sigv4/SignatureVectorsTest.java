package dev.keyward.http.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code sigv4}: its name says what the verifier must say. */
class SignatureVectorsTest {
    private final SignatureV4Verifier verifier =
            new SignatureV4Verifier(SignedService.KMS, Identities.withExample(), Set.of(new Region("us-east-1")));

    @ParameterizedTest
    @MethodSource("files")
    void hasTheOutcomeOfItsName(Path file) throws IOException {
        String outcome = file.getFileName().toString().split("\\.", -1)[0];
        SignedRequest request = parse(Files.readString(file));
        Instant now = Instant.parse(Vectors.NOW);

        if (outcome.equals("accepted")) {
            assertThat(verifier.verify(request, now).identity()).isEqualTo(Identities.PRINCIPAL);
        } else {
            assertThatExceptionOfType(KeywardException.class)
                    .isThrownBy(() -> verifier.verify(request, now))
                    .satisfies(refusal -> assertThat(refusal.code().awsCode()).isEqualTo(outcome));
        }
    }

    @Test
    void theFilesAreWhatTheGeneratorMakes() throws IOException, URISyntaxException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files().toList()) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }

        assertThat(texts).isEqualTo(new TreeMap<>(Vectors.all()));
    }

    static Stream<Path> files() throws IOException, URISyntaxException {
        URI directory = SignatureVectorsTest.class.getResource("/sigv4").toURI();
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.sorted().toList().stream();
        }
    }

    private static SignedRequest parse(String text) {
        int end = text.indexOf("\n\n");
        String[] lines = text.substring(0, end).split("\n", -1);
        String[] first = lines[0].split(" ", -1);
        String[] target = first[1].split("\\?", 2);
        List<SignedRequest.Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(new SignedRequest.Header(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        byte[] body = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
        return new SignedRequest(first[0], target[0], target.length > 1 ? target[1] : null, headers, body);
    }
}
