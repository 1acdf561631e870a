package dev.keyward.pkcs11.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Cryptoki;
import dev.keyward.pkcs11.raw.Native;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The slots of a library and the tokens in them. Thread-safe; asks anew at each call, since tokens come and go. */
public final class Slots {
    private static final long TOKEN_INFO_BYTES = 208;
    private static final int LABEL_BYTES = 32;
    private static final int MANUFACTURER_BYTES = 32;
    private static final int MODEL_BYTES = 16;
    private static final int SERIAL_NUMBER_BYTES = 16;

    private final Cryptoki cryptoki;

    public Slots(Cryptoki cryptoki) {
        this.cryptoki = cryptoki;
    }

    /** Every token that is in its slot, initialised or not. */
    public List<TokenDescription> tokens() {
        List<TokenDescription> tokens = new ArrayList<>();
        for (long slot : slotNumbers()) {
            try {
                tokens.add(token(slot));
            } catch (Pkcs11Exception e) {
                if (!e.is(ReturnValue.TOKEN_NOT_PRESENT, ReturnValue.TOKEN_NOT_RECOGNIZED)) {
                    throw e;
                }
            }
        }
        return tokens;
    }

    /**
     * The one token that is meant.
     *
     * @throws TokenException with {@link Reason#UNAVAILABLE} if none or several are: it lists the candidates
     */
    public TokenDescription find(TokenSelector selector) {
        List<TokenDescription> all =
                tokens().stream().filter(TokenDescription::isInitialized).toList();
        List<TokenDescription> meant = all.stream().filter(selector::accepts).toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        List<TokenDescription> candidates = meant.isEmpty() ? all : meant;
        throw new TokenException(
                Reason.UNAVAILABLE,
                (meant.isEmpty() ? "no token has " : meant.size() + " tokens have ") + selector + "; "
                        + (candidates.isEmpty()
                                ? "the library shows no initialised token"
                                : candidates.stream()
                                        .map(TokenDescription::toString)
                                        .collect(Collectors.joining("; ", "there is: ", ""))));
    }

    /** What the token in that slot says of itself. */
    public TokenDescription token(long slot) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Native.WORD_BYTES);
            cryptoki.getTokenInfo(slot, info);
            int manufacturerAt = LABEL_BYTES;
            int modelAt = manufacturerAt + MANUFACTURER_BYTES;
            int serialNumberAt = modelAt + MODEL_BYTES;
            int flagsAt = serialNumberAt + SERIAL_NUMBER_BYTES;
            int versionsAt = flagsAt + 11 * (int) Native.WORD_BYTES; // flags and ten counts
            return new TokenDescription(
                    slot,
                    text(info, 0, LABEL_BYTES),
                    text(info, manufacturerAt, MANUFACTURER_BYTES),
                    text(info, modelAt, MODEL_BYTES),
                    text(info, serialNumberAt, SERIAL_NUMBER_BYTES),
                    info.get(JAVA_LONG, flagsAt),
                    version(info, versionsAt),
                    version(info, versionsAt + 2));
        }
    }

    /** The mechanisms of the token in that slot, by their numbers. */
    public List<MechanismDescription> mechanisms(long slot) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = Native.words(arena, 1);
            cryptoki.getMechanismList(slot, MemorySegment.NULL, count);
            MemorySegment numbers = Native.words(arena, Math.max(1, Native.word(count, 0)));
            cryptoki.getMechanismList(slot, numbers, count);
            List<MechanismDescription> mechanisms = new ArrayList<>();
            for (long i = 0; i < Native.word(count, 0); i++) {
                long code = Native.word(numbers, i);
                MemorySegment info = Native.words(arena, 3);
                cryptoki.getMechanismInfo(slot, code, info);
                mechanisms.add(new MechanismDescription(
                        code, Native.word(info, 0), Native.word(info, 1), Native.word(info, 2)));
            }
            return mechanisms;
        }
    }

    private List<Long> slotNumbers() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = Native.words(arena, 1);
            cryptoki.getSlotList(true, MemorySegment.NULL, count);
            MemorySegment numbers = Native.words(arena, Math.max(1, Native.word(count, 0)));
            cryptoki.getSlotList(true, numbers, count);
            List<Long> slots = new ArrayList<>();
            for (long i = 0; i < Native.word(count, 0); i++) {
                slots.add(Native.word(numbers, i));
            }
            return slots;
        }
    }

    /** Blank-padded text; some tokens pad with zeros. */
    private static String text(MemorySegment info, int offset, int lengthBytes) {
        byte[] bytes = info.asSlice(offset, lengthBytes).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').stripTrailing();
    }

    private static String version(MemorySegment info, int offset) {
        return Byte.toUnsignedInt(info.get(JAVA_BYTE, offset)) + "."
                + Byte.toUnsignedInt(info.get(JAVA_BYTE, offset + 1L));
    }
}
