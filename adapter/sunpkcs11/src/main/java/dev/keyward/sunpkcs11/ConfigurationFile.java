package dev.keyward.sunpkcs11;

import dev.keyward.sunpkcs11.SunPkcs11Configuration.Description;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A configuration file of SunPKCS11, for programs that use keys of a token without Keyward. Stateless. */
public final class ConfigurationFile {
    private static final List<String> HASHES = List.of("SHA1", "SHA224", "SHA256", "SHA384", "SHA512");

    private ConfigurationFile() {}

    /**
     * Writes one. It holds no secret.
     *
     * @param library the library's file
     * @param slot the number of the slot that the token is in now
     * @param initialisation what the library is initialised with; null for nothing
     * @param token the token that is in that slot
     * @param remarks further lines for people
     * @throws IllegalArgumentException if SunPKCS11 could not read it
     */
    public static String of(
            Path library, long slot, @Nullable String initialisation, Description token, List<String> remarks) {
        Stream<String> lines = Stream.concat(
                Stream.of(
                        "SunPKCS11 on the token '" + token.label() + "', serial number " + token.serialNumber() + ".",
                        "The PIN is not in here: a program gives it to the key store of type PKCS11.",
                        "SunPKCS11 knows tokens by the number of their slot alone. Where numbers change, make this file anew."),
                remarks.stream());
        return lines.map(line -> "# " + line.replaceAll("\\p{Cntrl}", "?") + "\n")
                        .collect(Collectors.joining())
                + ProviderText.head("Keyward", library.toAbsolutePath().toString(), slot, initialisation)
                + "# Keyward's keys sign what is hashed already, and some are good for nothing else: so let the JDK hash.\n"
                + ProviderText.disabled(HASHES.stream()
                        .flatMap(hash -> Stream.of(
                                "CKM_" + hash + "_RSA_PKCS", "CKM_" + hash + "_RSA_PKCS_PSS", "CKM_ECDSA_" + hash))
                        .toList())
                + "# What a program makes through this file stays in the token.\n"
                + ProviderText.kept("CKO_PRIVATE_KEY, *")
                + ProviderText.kept("CKO_SECRET_KEY, CKK_AES");
    }
}
