package dev.keyward.cli;

import dev.keyward.boot.TokenReport;
import dev.keyward.boot.TokenReport.Mechanism;
import dev.keyward.boot.TokenReport.Profile;
import dev.keyward.contract.TokenCapability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report on a token as tables. */
final class TokenReportText {
    private TokenReportText() {}

    static List<String> lines(TokenReport report) {
        List<String> lines = new ArrayList<>(token(report).lines());
        lines.add("");
        lines.addAll(mechanisms(report.mechanisms()).lines());
        lines.add("");
        if (report.profile() == null) {
            lines.add(
                    "No profile recognises this token, so what would work on it is not known: name one with --profile.");
        } else {
            lines.addAll(capabilities(report).lines());
            lines.add("");
            lines.add("Not tried: logging in, and making or using a key.");
        }
        return lines;
    }

    private static TextTable token(TokenReport report) {
        return new TextTable("token", report.initialized() ? report.label() : "(not initialised)")
                .row("serial number", report.serialNumber())
                .row("model", report.model())
                .row("manufacturer", report.manufacturer())
                .row("firmware", report.firmwareVersion())
                .row("user PIN", userPin(report.userPin()))
                .row("library", report.library().toString())
                .row("profile", profile(report.profile()));
    }

    private static String userPin(TokenReport.UserPin pin) {
        return switch (pin) {
            case SET -> "set";
            case NOT_SET -> "not set";
            case LOCKED -> "locked";
        };
    }

    private static String profile(@Nullable Profile profile) {
        if (profile == null) {
            return "none";
        }
        return profile.name()
                + (profile.proven() ? " (proven)" : " (unproven: nobody has run it)")
                + (profile.recognises() ? "" : "; it does not recognise this token");
    }

    private static TextTable mechanisms(List<Mechanism> mechanisms) {
        TextTable table = new TextTable("mechanism", "key sizes", "uses");
        mechanisms.stream()
                .sorted(Comparator.comparing(Mechanism::name))
                .forEach(mechanism ->
                        table.row(mechanism.name(), keySizes(mechanism), String.join(", ", mechanism.uses())));
        return table;
    }

    /** Mechanisms without a key, such as digests, say 0. */
    private static String keySizes(Mechanism mechanism) {
        if (mechanism.maximumKeySize() == 0) {
            return "-";
        }
        String minimum = Long.toUnsignedString(mechanism.minimumKeySize());
        String maximum = Long.toUnsignedString(mechanism.maximumKeySize());
        return minimum.equals(maximum) ? minimum : minimum + " to " + maximum;
    }

    private static TextTable capabilities(TokenReport report) {
        TextTable table = new TextTable("what of Keyward would work", "works", "by what, or why not");
        report.keys().forEach(row -> table.row("keys: " + row.spec(), yesOrNo(row.works()), row.because()));
        report.imports().forEach(row -> table.row("import: " + row.spec(), yesOrNo(row.works()), row.because()));
        report.capabilities().forEach(row -> table.row(words(row.capability()), yesOrNo(row.works()), row.because()));
        return table;
    }

    private static String yesOrNo(boolean works) {
        return works ? "yes" : "no";
    }

    private static String words(TokenCapability capability) {
        return switch (capability) {
            case DERIVE_SUBKEYS -> "encrypt under derived subkeys";
            case ENCRYPT_DIRECTLY -> "encrypt under the key itself";
            case IDENTIFY_MATERIAL -> "import: tell one material from another";
            case GENERATE_WRAPPING_KEYS -> "import: make RSA wrapping keys";
            case UNWRAP_OAEP_SHA_1 -> "import: unwrap OAEP with SHA-1 in the token";
            case UNWRAP_OAEP_SHA_256 -> "import: unwrap OAEP with SHA-256 in the token";
            case UNPAD_OAEP_ON_HOST -> "import: unpad OAEP on the host, after RSA in the token";
            case UNWRAP_RFC_5649 -> "import: unwrap AES key wrap (RFC 5649) in the token";
        };
    }
}
