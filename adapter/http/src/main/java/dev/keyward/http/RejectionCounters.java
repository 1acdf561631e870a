package dev.keyward.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were turned away unauthenticated, by reason, since the server was made. Thread-safe. */
public final class RejectionCounters {
    private final Map<Rejection, LongAdder> counters = new EnumMap<>(Rejection.class);

    RejectionCounters() {
        for (Rejection rejection : Rejection.values()) {
            counters.put(rejection, new LongAdder());
        }
    }

    /** How many so far. */
    public long count(Rejection rejection) {
        return counter(rejection).sum();
    }

    void increment(Rejection rejection) {
        counter(rejection).increment();
    }

    private LongAdder counter(Rejection rejection) {
        return Objects.requireNonNull(counters.get(rejection)); // the constructor left none out
    }
}
