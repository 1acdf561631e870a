package dev.keyward.cli;

import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.TokenCertificates;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows Keyward's key pairs to other programs. */
@Command(
        name = "add-certificates",
        description = {
            "Puts a certificate beside each of Keyward's RSA and ECC key pairs in the configured token that has none, and"
                    + " prints their names: SunPKCS11 and other software show no private key without. A server may run"
                    + " meanwhile.",
            "",
            "The certificates say which public key belongs to which private key, and nothing more: each is signed by a key"
                    + " that is made for it and thrown away. Keyward's keys are not used for it. When a key is destroyed, its"
                    + " certificate goes too.",
            "",
            "Keys on curves that Java does not know (ECC_SECG_P256K1, ECC_NIST_EDWARDS25519) get none: SunPKCS11 would then"
                    + " read nothing of the token at all. The key pairs of the engine sunpkcs11 have theirs from the start.",
        },
        footer = {"Example:", "  keyward token add-certificates --home keyward-home"})
final class TokenAddCertificatesCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    TokenAddCertificatesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        KeywardConfiguration configuration =
                KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
        List<String> names = TokenCertificates.add(configuration.token());
        names.forEach(surroundings.out()::println);
        return ExitCode.DONE;
    }
}
