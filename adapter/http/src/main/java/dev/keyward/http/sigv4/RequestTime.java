package dev.keyward.http.sigv4;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * When a request says it was signed. Immutable and thread-safe.
 *
 * @param instant that time, to the second
 * @param basicFormat the same as it goes into the string to sign
 */
record RequestTime(Instant instant, String basicFormat) {
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    /** From X-Amz-Date, or from Date where the former is not there. */
    static RequestTime of(SignedRequest request) {
        Optional<String> amzDate = request.header(HeaderNames.AMZ_DATE);
        if (amzDate.isPresent()) {
            return parse(amzDate.get(), BASIC);
        }
        String date = request.header(HeaderNames.DATE)
                .orElseThrow(() -> Refusals.incomplete(
                        "Authorization header requires existence of either a" + " 'X-Amz-Date' or a 'Date' header."));
        return parse(date, date.contains(" ") ? DateTimeFormatter.RFC_1123_DATE_TIME : BASIC);
    }

    private static RequestTime parse(String text, DateTimeFormatter format) {
        try {
            Instant instant = format.parse(text, Instant::from);
            return new RequestTime(instant, BASIC.format(instant));
        } catch (DateTimeException e) {
            throw Refusals.incomplete("Date must be in ISO-8601 'basic format'.");
        }
    }

    /** The day of the credential scope. */
    String date() {
        return basicFormat.substring(0, 8);
    }

    /** Refuses a time more than {@link #WINDOW} away from {@code now}, in AWS's words. */
    void refuseOutsideWindow(Instant now) {
        Instant earliest = now.minus(WINDOW);
        Instant latest = now.plus(WINDOW);
        if (instant.isBefore(earliest)) {
            throw Refusals.invalid("Signature expired: " + basicFormat + " is now earlier than "
                    + BASIC.format(earliest) + " (" + BASIC.format(now) + " - 5 min.)");
        }
        if (instant.isAfter(latest)) {
            throw Refusals.invalid("Signature not yet current: " + basicFormat + " is still later than "
                    + BASIC.format(latest) + " (" + BASIC.format(now) + " + 5 min.)");
        }
    }
}
