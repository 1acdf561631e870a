package dev.keyward.boot;

import dev.keyward.contract.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The first identity as an AWS profile, in a file that the AWS CLI and SDKs read. Thread-safe. */
final class CredentialsFile {
    /** The profile's name. */
    static final String PROFILE = "keyward";

    private final Path path;

    CredentialsFile(Path path) {
        this.path = path;
    }

    /**
     * Writes the file, with mode 0600 and whole or not at all, unless it says the same already.
     *
     * @param secret the secret access key, ASCII
     */
    void write(String accessKeyId, byte[] secret, Region region) {
        byte[] content = content(accessKeyId, secret, region);
        try {
            if (!says(content)) {
                PrivateFiles.write(path, content);
            }
        } catch (IOException e) {
            throw new StartException("credentials file " + path + " cannot be written: " + Reasons.of(e), e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private boolean says(byte[] content) throws IOException {
        if (!Files.isRegularFile(path) || !PrivateFiles.isPrivate(path)) {
            return false;
        }
        byte[] present = Files.readAllBytes(path);
        try {
            return Arrays.equals(present, content);
        } finally {
            Arrays.fill(present, (byte) 0);
        }
    }

    private static byte[] content(String accessKeyId, byte[] secret, Region region) {
        String before = String.format("""
                # The root identity of this Keyward. Written by it at every start; use another file for other profiles.
                [%s]
                region = %s
                aws_access_key_id = %s
                aws_secret_access_key =\s""", PROFILE, region, accessKeyId);
        byte[] start = before.getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(start, start.length + secret.length + 1);
        System.arraycopy(secret, 0, content, start.length, secret.length);
        content[content.length - 1] = '\n';
        return content;
    }
}
