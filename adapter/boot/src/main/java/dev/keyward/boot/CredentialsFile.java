package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.Region;
import dev.keyward.identity.NewAccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** An access key as an AWS profile, in a file that the AWS CLI and SDKs read. Thread-safe. */
public final class CredentialsFile {
    private static final Pattern PROFILE_FORM = Pattern.compile("[\\w.@+=,-]{1,64}");

    private final Path path;
    private final String profile;
    private final String comment;

    private CredentialsFile(Path path, String profile, String comment) {
        this.path = path;
        this.profile = profile;
        this.comment = comment;
    }

    /** That of the root identity, as the profile {@code keyward}. */
    static CredentialsFile ofRoot(Path path) {
        return new CredentialsFile(
                path,
                "keyward",
                "The root identity of this Keyward. Written by it at every start; use another file for other profiles.");
    }

    /**
     * One for an access key that is about to be made.
     *
     * @param path where nothing is yet
     * @param profile what to call it
     * @throws ConfigurationException if there is something, or a profile cannot be called so
     */
    public static CredentialsFile ofNewAccessKey(Path path, String profile) {
        if (!PROFILE_FORM.matcher(profile).matches()) {
            throw new ConfigurationException("a profile has 1 to 64 letters, digits and _.@+=,-");
        }
        if (Files.exists(path)) {
            throw new ConfigurationException("there is a file " + path + " already; name another");
        }
        return new CredentialsFile(path, profile, "An access key of a Keyward.");
    }

    /** Writes an access key that was just made. */
    public void write(NewAccessKey accessKey, Region region) {
        write(accessKey.id(), accessKey.secret().getBytes(StandardCharsets.US_ASCII), region);
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

    private byte[] content(String accessKeyId, byte[] secret, Region region) {
        String before = String.format("""
                # %s
                [%s]
                region = %s
                aws_access_key_id = %s
                aws_secret_access_key =\s""", comment, profile, region, accessKeyId);
        byte[] start = before.getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(start, start.length + secret.length + 1);
        System.arraycopy(secret, 0, content, start.length, secret.length);
        content[content.length - 1] = '\n';
        return content;
    }
}
