package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.Limits;
import dev.keyward.boot.KeywardConfiguration.Listen;
import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.KeywardConfiguration.Tls;
import dev.keyward.http.ServerSettings;
import dev.keyward.http.TlsSettings;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says to the server what is configured of it. Stateless. */
final class ServerSettingsReader {
    private ServerSettingsReader() {}

    static ServerSettings read(KeywardConfiguration configuration, Map<String, String> environment) {
        Listen listen = configuration.listen();
        Limits limits = configuration.limits();
        return new ServerSettings(
                listen.address(),
                listen.port(),
                tls(listen.tls(), environment),
                listen.allowInsecureHttp(),
                limits.threads(),
                limits.connections(),
                limits.bodyBytes(),
                limits.readDeadline(),
                limits.idleTimeout(),
                limits.stopTimeout());
    }

    private static @Nullable TlsSettings tls(@Nullable Tls tls, Map<String, String> environment) {
        return switch (tls) {
            case null -> null;
            case Tls.PemFiles(Path certificate, Path key) -> new TlsSettings.Pem(certificate, key);
            case Tls.KeystoreFile(Path keystore, SecretSource password) ->
                new TlsSettings.Pkcs12(keystore, () -> password(password, environment));
        };
    }

    private static char[] password(SecretSource source, Map<String, String> environment) {
        byte[] bytes = SecretReader.read(source, environment, "tls.keystorePassword");
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        try {
            return Arrays.copyOf(decoded.array(), decoded.limit());
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(decoded.array(), '\0');
        }
    }
}
