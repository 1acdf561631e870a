package dev.keyward.cli;

import dev.keyward.boot.Keyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.KeywardConfiguration.SecretSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a started server says: that it is ready, and what to paste to try it. Both AWS CLI 1 and 2 take the lines. */
final class Welcome {
    private Welcome() {}

    static List<String> lines(Keyward keyward, KeywardConfiguration configuration) {
        List<String> lines = new ArrayList<>();
        lines.add("keyward is ready: " + keyward.endpoint());
        lines.add("root identity: access key " + keyward.root().id() + " of account "
                + keyward.root().account() + ", as profile keyward in " + keyward.credentials());
        if (configuration.token().pin() instanceof SecretSource.Prompt) {
            lines.add(
                    "the PIN was asked for and is kept nowhere: if the token loses its login, restart to be asked again");
        }
        lines.add("");
        lines.add("To try it, paste this into another terminal:");
        lines.add("");
        lines.addAll(script(keyward.endpoint(), keyward.credentials(), command())
                .lines()
                .toList());
        return lines;
    }

    /** The command as this process was called: a script tells it. */
    private static String command() {
        return System.getProperty("keyward.command", "keyward");
    }

    static String script(URI endpoint, Path credentials, String command) {
        return """
                export AWS_SHARED_CREDENTIALS_FILE=%2$s AWS_PAGER=
                kms() { aws --endpoint-url %1$s --profile keyward kms "$@"; }
                cd "$(mktemp -d)"

                echo '== Make a key and use it'
                KEY=$(kms create-key --description 'my first key' --query KeyMetadata.KeyId --output text); echo "$KEY"
                echo 'attack at dawn' > plaintext
                kms encrypt --key-id "$KEY" --plaintext fileb://plaintext --query CiphertextBlob --output text | base64 -d > ciphertext
                kms decrypt --ciphertext-blob fileb://ciphertext --query Plaintext --output text | base64 -d

                echo '== Disable it: DisabledException'
                kms disable-key --key-id "$KEY"
                kms encrypt --key-id "$KEY" --plaintext fileb://plaintext

                echo '== Import key material of your own'
                IMPORTED=$(kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text)
                head -c 32 /dev/urandom > material
                %3$s import-material --key-id "$IMPORTED" --file material --endpoint-url %1$s --credentials %2$s
                kms encrypt --key-id "$IMPORTED" --plaintext fileb://plaintext --query KeyId --output text

                echo '== Schedule a deletion'
                kms schedule-key-deletion --key-id "$KEY" --pending-window-in-days 7
                """.formatted(endpoint, quoted(credentials.toString()), quoted(command));
    }

    /** As the shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
