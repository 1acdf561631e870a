package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.KeyCertificate;
import dev.keyward.pkcs11.TokenProbe;
import dev.keyward.pkcs11.TokenProbe.ProbedToken;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.sunpkcs11.ConfigurationFile;
import dev.keyward.sunpkcs11.SunPkcs11Configuration;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where SunPKCS11 finds the configured token. It knows slots by number alone, so Keyward's own binding looks first which slot the
 * token of that label is in. Immutable and thread-safe.
 *
 * @param library the library's file
 * @param slot the number of the slot
 * @param initialisation what the library is initialised with; null for nothing
 * @param token what the token says of itself
 */
record SunPkcs11Slot(
        Path library, long slot, @Nullable String initialisation, SunPkcs11Configuration.Description token) {
    /**
     * Looks for it, without logging in.
     *
     * @throws TokenException if there is none, or SunPKCS11 could not use it
     * @throws IllegalArgumentException if the library is not there
     */
    static SunPkcs11Slot find(TokenSettings settings, HsmProfile profile) {
        if (profile.gcmIv() == HsmProfile.IvOrigin.TOKEN) {
            throw new TokenException(
                    Reason.UNSUPPORTED,
                    "SunPKCS11 gives AES-GCM an IV, and tokens of profile " + profile.name() + " make their own");
        }
        ProbedToken found =
                TokenProbe.find(profile, settings.library(), settings.directory(), TokenOpener.selector(settings));
        TokenDescription token = found.token();
        return new SunPkcs11Slot(
                found.library(),
                token.slot(),
                profile.initialisation(settings.directory()),
                new SunPkcs11Configuration.Description(
                        token.label(), token.serialNumber(), token.manufacturer(), token.model()));
    }

    /** How the engine opens it. */
    SunPkcs11Configuration configuration(TokenSettings settings, HsmProfile profile, PinSource pin) {
        return new SunPkcs11Configuration(
                settings.name(),
                library,
                slot,
                initialisation,
                token,
                profile.name(),
                profile.id().maximumLengthBytes(),
                profile.label().maximumLengthBytes(),
                () -> characters(pin.read()),
                KeyCertificate::of);
    }

    /** A file by which other programs find it: what the library reads is named, and not told if it may be a secret. */
    String configurationFile(TokenSettings settings, HsmProfile profile) {
        Stream<String> known = profile.environment(settings.directory()).entrySet().stream()
                .map(variable ->
                        "The library reads " + variable.getKey() + ", which must be " + variable.getValue() + ".");
        Stream<String> given = settings.environment().keySet().stream()
                .sorted()
                .map(name -> "The library reads " + name + ", which token.environment sets.");
        List<String> remarks = Stream.concat(known, given).toList();
        return ConfigurationFile.of(library, slot, initialisation, token, remarks);
    }

    /** The bytes are cleared. */
    private static char[] characters(byte[] pin) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pin));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        Arrays.fill(pin, (byte) 0);
        Arrays.fill(decoded.array(), ' ');
        return characters;
    }
}
