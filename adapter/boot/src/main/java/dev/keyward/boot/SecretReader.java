package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.settings.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

/** Reads secrets from where the configuration says they are. */
final class SecretReader {
    private SecretReader() {}

    /**
     * The first line of a file, or a variable of the environment, in UTF-8: a new array, which whoever asked clears.
     *
     * @param what what the secret is, for the message
     * @throws ConfigurationException if it is not there, empty or not to be read
     */
    static byte[] read(SecretSource source, Map<String, String> environment, String what) {
        return switch (source) {
            case SecretSource.File(var path) -> {
                try {
                    byte[] content = Files.readAllBytes(path);
                    byte[] line = firstLine(content);
                    Arrays.fill(content, (byte) 0);
                    yield requireContent(line, what + ": file " + path);
                } catch (IOException e) {
                    throw new ConfigurationException(what + ": file " + path + " cannot be read: " + Reasons.of(e));
                }
            }
            case SecretSource.Variable(String name) ->
                requireContent(
                        environment.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8),
                        what + ": environment variable " + name);
            case SecretSource.Prompt prompt -> throw new ConfigurationException(what + " cannot be prompted for");
        };
    }

    private static byte[] firstLine(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        return Arrays.copyOf(content, end);
    }

    private static byte[] requireContent(byte[] secret, String where) {
        if (secret.length == 0) {
            throw new ConfigurationException(where + " is empty or not set");
        }
        return secret;
    }
}
