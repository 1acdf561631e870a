package dev.keyward.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a condition compares with: the form that the values in the policy must have, and how they are read. */
public enum Operand {
    /** Any text. */
    STRING("a string") {
        @Override
        public boolean accepts(String value) {
            return true;
        }
    },
    /** A decimal number of at most 30 digits on each side of the point. */
    NUMBER("a number") {
        @Override
        public boolean accepts(String value) {
            return number(value).isPresent();
        }
    },
    /** A date, or a date and time with its offset, by ISO 8601; or seconds since 1970. */
    DATE("a date") {
        @Override
        public boolean accepts(String value) {
            return date(value).isPresent();
        }
    },
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false") {
        @Override
        public boolean accepts(String value) {
            return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        }
    },
    /** Bytes in Base64. */
    BINARY("Base64") {
        @Override
        public boolean accepts(String value) {
            return bytes(value).isPresent();
        }
    },
    /** An IPv4 or IPv6 address, or a range of them by CIDR. */
    IP_RANGE("an IP address or range") {
        @Override
        public boolean accepts(String value) {
            return IpRange.parse(value).isPresent();
        }
    },
    /** An ARN, which may hold wildcards and policy variables. */
    ARN("an ARN") {
        @Override
        public boolean accepts(String value) {
            return value.equals("*") || value.startsWith("arn:") || value.startsWith("${");
        }
    };

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,2})?");
    private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");

    private final String description;

    Operand(String description) {
        this.description = description;
    }

    /** Whether {@code value} has the form. */
    public abstract boolean accepts(String value);

    /** What a value must be, for an error message. */
    String description() {
        return description;
    }

    /** The number that {@code value} stands for. */
    static Optional<BigDecimal> number(String value) {
        return DECIMAL.matcher(value).matches() ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }

    /** The time that {@code value} stands for; a date is the beginning of its day in UTC. */
    static Optional<Instant> date(String value) {
        if (EPOCH_SECONDS.matcher(value).matches()) {
            BigDecimal seconds = new BigDecimal(value);
            return Optional.of(Instant.ofEpochSecond(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
        }
        try {
            return Optional.of(
                    value.indexOf('T') < 0
                            ? LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    /** The bytes that {@code value} stands for. */
    static Optional<byte[]> bytes(String value) {
        try {
            return Optional.of(Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
