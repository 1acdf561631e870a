package dev.keyward.pkcs11.mechanism;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the standard calls every mechanism, used by Keyward or not: for people who read what a token offers. */
final class MechanismNames {
    private static final String TABLE = "mechanisms.tsv";
    private static final Map<Long, String> NAMES = read();

    private MechanismNames() {}

    /** The standard's name, or the number as a name: {@code CKM_0x80000001}. */
    static String of(long code) {
        return NAMES.getOrDefault(code, "CKM_0x" + Long.toHexString(code));
    }

    private static Map<Long, String> read() {
        InputStream table = Objects.requireNonNull(MechanismNames.class.getResourceAsStream(TABLE), TABLE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(row -> Long.decode(row[0]), row -> row[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
