package dev.keyward.pkcs11;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Cryptoki;
import dev.keyward.pkcs11.raw.Native;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.pkcs11.session.TokenSelector;
import dev.keyward.pkcs11.session.UserType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a fresh token: {@code keyward token init}. Stateless. */
public final class TokenInitializer {
    private static final int LABEL_BYTES = 32;

    private TokenInitializer() {}

    /**
     * Initialises the first token that is not initialised yet.
     *
     * @param library the library's file; null for the first of the profile's that is there
     * @param directory where the token's files are, for profiles that need it
     * @param label the new token's label, 1 to 32 bytes in UTF-8, which no other token may have
     * @param securityOfficerPin set as the PIN of the security officer; the caller overwrites it
     * @param userPin set as the PIN of the user; the caller overwrites it
     * @return the new token
     * @throws TokenException if the token refuses, the label is taken, or there is no such token
     */
    public static TokenDescription initialize(
            HsmProfile profile,
            @Nullable Path library,
            @Nullable Path directory,
            String label,
            byte[] securityOfficerPin,
            byte[] userPin) {
        byte[] padded = padded(label);
        try (Pkcs11Library open = Libraries.open(profile, library, directory)) {
            Slots slots = new Slots(open.cryptoki());
            if (slots.tokens().stream()
                    .anyMatch(token -> token.isInitialized() && token.label().equals(label))) {
                throw new TokenException(Reason.OBJECT_EXISTS, "there is a token '" + label + "' already");
            }
            TokenDescription blank = slots.tokens().stream()
                    .filter(token -> !token.isInitialized())
                    .findFirst()
                    .orElseThrow(() -> new TokenException(
                            Reason.UNAVAILABLE, "the library shows no token that is not initialised"));
            initialize(open.cryptoki(), blank.slot(), padded, securityOfficerPin);
            TokenDescription token = slots.find(TokenSelector.label(label));
            initializeUserPin(open.cryptoki(), token, securityOfficerPin, userPin);
            return slots.find(TokenSelector.label(label));
        } catch (Pkcs11Exception e) {
            throw Failures.translate(e);
        }
    }

    /** Sets the user PIN of a token that has none yet. */
    static void initializeUserPin(
            Cryptoki cryptoki, TokenDescription token, byte[] securityOfficerPin, byte[] userPin) {
        try (Session session = Session.open(cryptoki, token)) {
            session.login(UserType.SECURITY_OFFICER, securityOfficerPin);
            session.initPin(userPin);
            session.logout();
        }
    }

    private static void initialize(Cryptoki cryptoki, long slot, byte[] label, byte[] pin) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = Native.bytes(arena, pin);
            try {
                cryptoki.initToken(slot, copy, pin.length, Native.bytes(arena, label));
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    private static byte[] padded(String label) {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LABEL_BYTES) {
            throw new IllegalArgumentException("a token label has 1 to 32 bytes: '" + label + "'");
        }
        byte[] padded = Arrays.copyOf(bytes, LABEL_BYTES);
        Arrays.fill(padded, bytes.length, LABEL_BYTES, (byte) ' ');
        return padded;
    }
}
