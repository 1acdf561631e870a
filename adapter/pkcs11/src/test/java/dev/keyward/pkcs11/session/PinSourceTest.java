package dev.keyward.pkcs11.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.pkcs11.session.PinSource.PinUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinSourceTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"1234", "1234\n", "1234\r\n", "1234\nsomething else"})
    void readsTheFirstLineOfAFile(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("pin"), content);

        assertThat(PinSource.file(file).read()).isEqualTo("1234".getBytes(StandardCharsets.UTF_8));
        assertThat(PinSource.file(file).isUnattended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n1234"})
    void takesNoEmptyPin(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("pin"), content);

        assertThatThrownBy(() -> PinSource.file(file).read())
                .isInstanceOf(PinUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void saysWhereItLookedInVain() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> PinSource.file(missing).read())
                .isInstanceOf(PinUnavailableException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(
                        () -> PinSource.environment("KEYWARD_NO_SUCH_VARIABLE").read())
                .isInstanceOf(PinUnavailableException.class)
                .hasMessageContaining("KEYWARD_NO_SUCH_VARIABLE");
        assertThatThrownBy(() -> PinSource.prompt("PIN").read())
                .isInstanceOf(PinUnavailableException.class)
                .hasMessageContaining("no terminal");
    }

    @Test
    void overwritesWhatItLent() throws IOException {
        Path file = Files.writeString(directory.resolve("pin"), "1234");
        AtomicReference<byte[]> lent = new AtomicReference<>(new byte[0]);

        PinSource.file(file).lend(lent::set);

        assertThat(lent.get()).hasSize(4).containsOnly(0);
    }
}
