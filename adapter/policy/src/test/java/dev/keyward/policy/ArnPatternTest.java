package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*,                                       arn:aws:kms:us-east-1:111122223333:key/1,      true",
        "arn:aws:kms:us-east-1:111122223333:key/1, arn:aws:kms:us-east-1:111122223333:key/1,     true",
        "arn:aws:kms:us-east-1:111122223333:key/1, arn:aws:kms:us-east-1:111122223333:key/2,     false",
        "arn:aws:kms:*:111122223333:key/*,        arn:aws:kms:us-east-1:111122223333:key/1,      true",
        "arn:aws:kms:*:key/1,                     arn:aws:kms:us-east-1:111122223333:key/1,      false",
        "arn:aws:kms:us-*-1:*:key/?,              arn:aws:kms:us-east-1:111122223333:key/1,      true",
        "arn:aws:kms:us-*-1:*:key/?,              arn:aws:kms:us-east-1:111122223333:key/10,     false",
        "arn:aws:kms:*,                           arn:aws:kms:us-east-1:111122223333:key/1,      true",
        "arn:aws:s3:*,                            arn:aws:kms:us-east-1:111122223333:key/1,      false",
        "arn:aws:kms:*:*:ALIAS/x,                 arn:aws:kms:us-east-1:111122223333:alias/x,    false",
        "arn:aws:sns:*:*:a:b,                     arn:aws:sns:us-east-1:111122223333:a:b,        true",
        "arn:aws:someservice:*:111122223333:finance/*, "
                + "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt, false",
        "arn:aws:kms:us-east-1:111122223333:key/1, key/1,                                        false",
        "arn:aws:kms:us-east-1:111122223333:key/1, '',                                           false"
    })
    void comparesFieldByField(String pattern, String arn, boolean expected) {
        assertThat(ArnPattern.matches(new WildcardPattern(pattern), arn)).isEqualTo(expected);
    }

    @Test
    void takesLiteralsAsTheyAre() {
        WildcardPattern literalStar = new WildcardPattern("arn:aws:kms:::key/*", Set.of(18));
        assertThat(ArnPattern.matches(literalStar, "arn:aws:kms:::key/*")).isTrue();
        assertThat(ArnPattern.matches(literalStar, "arn:aws:kms:::key/1")).isFalse();
    }
}
