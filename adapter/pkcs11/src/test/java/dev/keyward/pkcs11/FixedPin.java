package dev.keyward.pkcs11;

import dev.keyward.pkcs11.session.PinSource;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A PIN that a test knows, and how often it was asked for. */
final class FixedPin implements PinSource {
    private final String pin;
    private final boolean unattended;
    private final AtomicInteger reads = new AtomicInteger();

    FixedPin(String pin, boolean unattended) {
        this.pin = pin;
        this.unattended = unattended;
    }

    FixedPin(String pin) {
        this(pin, true);
    }

    @Override
    public byte[] read() {
        reads.incrementAndGet();
        return pin.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isUnattended() {
        return unattended;
    }

    int reads() {
        return reads.get();
    }
}
