package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperandTest {
    @ParameterizedTest
    @CsvSource({
        "STRING,   '',                          true",
        "NUMBER,   10,                          true",
        "NUMBER,   -1.5,                        true",
        "NUMBER,   1E+5,                        true",
        "NUMBER,   1e999999999,                 false",
        "NUMBER,   ten,                         false",
        "NUMBER,   '',                          false",
        "DATE,     2026-11-24,                  true",
        "DATE,     2026-11-24T04:10:00Z,        true",
        "DATE,     2026-11-24T04:10Z,           true",
        "DATE,     2026-11-24T04:10:00.5+01:00, true",
        "DATE,     1795493400,                  true",
        "DATE,     1546257599.0,                true",
        "DATE,     2026-02-30,                  false",
        "DATE,     2026-11-24T04:10:00,         false",
        "DATE,     tomorrow,                    false",
        "BOOLEAN,  true,                        true",
        "BOOLEAN,  False,                       true",
        "BOOLEAN,  yes,                         false",
        "BINARY,   QmluYXJ5,                    true",
        "BINARY,   '***',                       false",
        "IP_RANGE, 203.0.113.0/24,              true",
        "IP_RANGE, 203.0.113.7,                 true",
        "IP_RANGE, 2001:db8::/32,               true",
        "IP_RANGE, ::1,                         true",
        "IP_RANGE, 203.0.113.0/33,              false",
        "IP_RANGE, 2001:db8::/129,              false",
        "IP_RANGE, 203.0.113,                   false",
        "IP_RANGE, 256.0.0.1,                   false",
        "IP_RANGE, 1::2::3,                     false",
        "IP_RANGE, localhost,                   false",
        "ARN,      arn:aws:iam::111122223333:role/*, true",
        "ARN,      *,                           true",
        "ARN,      '${aws:PrincipalArn}',       true",
        "ARN,      role/x,                      false"
    })
    void acceptsWhatHasItsForm(Operand operand, String value, boolean expected) {
        assertThat(operand.accepts(value)).isEqualTo(expected);
    }
}
