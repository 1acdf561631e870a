package dev.keyward.policy;

import java.net.InetAddress;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a condition compares with: the form that the values in the policy must have. */
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
            return DECIMAL.matcher(value).matches();
        }
    },
    /** A date, or a date and time with its offset, by ISO 8601; or seconds since 1970. */
    DATE("a date") {
        @Override
        public boolean accepts(String value) {
            return EPOCH_SECONDS.matcher(value).matches() || isDate(value) || isDateAndTime(value);
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
            try {
                Base64.getDecoder().decode(value);
                return true;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }
    },
    /** An IPv4 or IPv6 address, or a range of them by CIDR. */
    IP_RANGE("an IP address or range") {
        @Override
        public boolean accepts(String value) {
            Matcher range = CIDR.matcher(value);
            if (!range.matches()) {
                return false;
            }
            String address = range.group("address");
            int mostBits = address.indexOf(':') < 0 ? 32 : 128;
            return isAddress(address)
                    && (range.group("bits") == null || Integer.parseInt(range.group("bits")) <= mostBits);
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
    private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,12}");
    private static final Pattern CIDR = Pattern.compile("(?<address>[0-9a-fA-F.:]{2,45})(?:/(?<bits>\\d{1,3}))?");
    private static final Pattern DOTTED_FOUR = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

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

    private static boolean isDate(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeParseException notADate) {
            return false;
        }
    }

    private static boolean isDateAndTime(String value) {
        try {
            OffsetDateTime.parse(value);
            return true;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static boolean isAddress(String value) {
        if (value.indexOf(':') < 0 && !DOTTED_FOUR.matcher(value).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(value);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
