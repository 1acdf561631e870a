package dev.keyward.cli;

import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.SunPkcs11File;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints by which file Java's own PKCS#11 provider finds the configured token. */
@Command(
        name = "sunpkcs11-config",
        description = {
            "Prints a configuration file for SunPKCS11, the PKCS#11 provider of every JDK, by which a Java program uses keys"
                    + " of the configured token without Keyward: past its policies, key states and audit trail.",
            "",
            "The file names the library and the slot in which the token is now, since SunPKCS11 knows no labels; it has"
                    + " the JDK hash messages, because Keyward's keys sign digests; and it keeps what the program makes in"
                    + " the token. It does not hold the PIN, and this command needs none.",
            "",
            "What SunPKCS11 then sees: secret keys by their label, which begins with keyward:, and private keys by that of"
                    + " their certificate, which every key pair of the engine sunpkcs11 has, and others once 'keyward token"
                    + " add-certificates' has run. AES keys of the engine keyward usually derive and do not encrypt: with"
                    + " those it can do nothing.",
        },
        footer = {
            "Examples:",
            "  keyward token sunpkcs11-config --home keyward-home > keyward.cfg",
            "  keytool -list -keystore NONE -storetype PKCS11 -providerClass sun.security.pkcs11.SunPKCS11 \\",
            "    -providerArg keyward.cfg",
        })
final class TokenSunPkcs11ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    TokenSunPkcs11ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        KeywardConfiguration configuration =
                KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
        SunPkcs11File.of(configuration.token()).lines().forEach(surroundings.out()::println);
        return ExitCode.DONE;
    }
}
