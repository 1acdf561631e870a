package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardPatternTest {
    @ParameterizedTest
    @CsvSource({
        "kms:*,               kms:Encrypt,         true",
        "kms:*,               kms:,                true",
        "kms:Generate*Key,    kms:GenerateDataKey, true",
        "kms:Generate*Key,    kms:GenerateMac,     false",
        "kms:?ncrypt,         kms:Encrypt,         true",
        "kms:?ncrypt,         kms:ncrypt,          false",
        "kms:Encrypt,         kms:EncryptMore,     false",
        "*,                   '',                  true",
        "'',                  '',                  true",
        "'',                  a,                   false",
        "*key/*,              arn:aws:kms:us-east-1:111122223333:key/x, true",
        "kms:encrypt,         kms:Encrypt,         false"
    })
    void coversTheWholeValue(String pattern, String value, boolean expected) {
        assertThat(new WildcardPattern(pattern).matches(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"KMS:encrypt, kms:Encrypt, true", "kms:enc*, KMS:ENCRYPT, true", "kms:[ncrypt, kms:{ncrypt, false"})
    void comparesActionsWithoutCase(String pattern, String value, boolean expected) {
        assertThat(new WildcardPattern(pattern).matchesIgnoringCase(value)).isEqualTo(expected);
    }

    @Property
    void agreesWithTryingEverything(
            @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String value) {
        assertThat(new WildcardPattern(pattern).matches(value)).isEqualTo(matchesByTryingEverything(pattern, value));
    }

    @Property
    void agreesWithTryingEverythingInLowerCase(
            @ForAll @Chars({'a', 'A', '*', '?'}) @StringLength(max = 7) String pattern,
            @ForAll @Chars({'a', 'A'}) @StringLength(max = 7) String value) {
        assertThat(new WildcardPattern(pattern).matchesIgnoringCase(value))
                .isEqualTo(matchesByTryingEverything(pattern.replace('A', 'a'), value.replace('A', 'a')));
    }

    @Test
    void manyStarsCostNoMoreThanTheProductOfTheLengths() {
        WildcardPattern hostile = new WildcardPattern("*a".repeat(2_000) + "b");
        assertThat(Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> hostile.matches("a".repeat(20_000))))
                .isFalse();
    }

    private static boolean matchesByTryingEverything(String pattern, String value) {
        if (pattern.isEmpty()) {
            return value.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            for (int taken = 0; taken <= value.length(); taken++) {
                if (matchesByTryingEverything(rest, value.substring(taken))) {
                    return true;
                }
            }
            return false;
        }
        return !value.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == value.charAt(0))
                && matchesByTryingEverything(rest, value.substring(1));
    }
}
