package dev.keyward.sunpkcs11;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What SunPKCS11 is configured with: its own language, as the JDK's PKCS#11 Reference Guide describes it. Stateless.
 *
 * <p>Flags are listed one by one, since on some tokens what is not said is allowed.
 */
final class ProviderText {
    /** Numbers of attributes for which SunPKCS11 has no name. */
    private static final String COPYABLE = "0x171";

    private ProviderText() {}

    /** The library and the slot, on which everything else rests. */
    static String head(String name, String library, long slot, @Nullable String initialisation) {
        String head = "name = " + name + "\nlibrary = " + oneLine(library) + "\nslot = " + slot + "\n";
        return initialisation == null ? head : head + "nssArgs = \"" + oneLine(initialisation) + "\"\n";
    }

    /** What derives a shared secret, which is to be read: it is for a client. */
    static String sharedSecrets() {
        return section(
                "generate, CKO_SECRET_KEY, CKK_GENERIC_SECRET",
                List.of(flag("CKA_TOKEN", false), flag("CKA_SENSITIVE", false), flag("CKA_EXTRACTABLE", true)));
    }

    /** A long-lived secret key of a name, good for those uses alone and never to be changed. */
    static String secretKey(String name, List<String> uses) {
        return section(
                "generate, CKO_SECRET_KEY, *",
                join(
                        List.of(
                                flag("CKA_TOKEN", true),
                                flag("CKA_PRIVATE", true),
                                flag("CKA_SENSITIVE", true),
                                flag("CKA_EXTRACTABLE", false),
                                flag("CKA_MODIFIABLE", false),
                                flag(COPYABLE, false)),
                        uses(List.of("ENCRYPT", "DECRYPT", "SIGN", "VERIFY", "WRAP", "UNWRAP", "DERIVE"), uses),
                        named(name)));
    }

    /**
     * A private key of a name, good for that use alone, that the key store will copy into the token: what is not modifiable is
     * not copied, and the copy is as modifiable as it was.
     */
    static String keyPair(String name, String use) {
        return section(
                        "generate, CKO_PRIVATE_KEY, *",
                        join(
                                List.of(
                                        flag("CKA_TOKEN", false),
                                        flag("CKA_PRIVATE", true),
                                        flag("CKA_SENSITIVE", true),
                                        flag("CKA_EXTRACTABLE", false)),
                                uses(List.of("DECRYPT", "SIGN", "SIGN_RECOVER", "UNWRAP", "DERIVE"), List.of(use)),
                                named(name)))
                + section("generate, CKO_PUBLIC_KEY, *", List.of(flag("CKA_TOKEN", false)));
    }

    /** Keys of those kinds that are generated do not leave the token. */
    static String kept(String objects) {
        return section("generate, " + objects, List.of(flag("CKA_SENSITIVE", true), flag("CKA_EXTRACTABLE", false)));
    }

    /** Mechanisms not to be used although the token has them. */
    static String disabled(List<String> mechanisms) {
        return mechanisms.stream()
                .map(mechanism -> "  " + mechanism + "\n")
                .collect(Collectors.joining("", "disabledMechanisms = {\n", "}\n"));
    }

    private static List<Entry<String, String>> join(
            List<Entry<String, String>> flags, List<Entry<String, String>> uses, List<Entry<String, String>> names) {
        return Stream.of(flags, uses, names).flatMap(List::stream).toList();
    }

    private static List<Entry<String, String>> uses(List<String> all, List<String> allowed) {
        return all.stream()
                .map(use -> flag("CKA_" + use, allowed.contains(use)))
                .toList();
    }

    /** SunPKCS11 takes bytes for a number: they must neither begin with a zero nor with a bit that is set. ASCII does not. */
    private static List<Entry<String, String>> named(String name) {
        String bytes = "0h" + HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII));
        return List.of(Map.entry("CKA_ID", bytes), Map.entry("CKA_LABEL", bytes));
    }

    private static Entry<String, String> flag(String attribute, boolean value) {
        return Map.entry(attribute, Boolean.toString(value));
    }

    private static String section(String objects, List<Entry<String, String>> attributes) {
        return attributes.stream()
                .map(attribute -> "  " + attribute.getKey() + " = " + attribute.getValue() + "\n")
                .collect(Collectors.joining("", "attributes(" + objects + ") = {\n", "}\n"));
    }

    /** Whatever is in a path must not become a line of its own. */
    private static String oneLine(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == '"')) {
            throw new IllegalArgumentException(
                    "SunPKCS11 cannot be told of what has control characters or quotation marks: "
                            + text.replaceAll("\\p{Cntrl}", "?"));
        }
        return text;
    }
}
