package dev.keyward.pkcs11.session;

import java.nio.charset.StandardCharsets;

/** An environment variable. */
record EnvironmentPinSource(String variable) implements PinSource {
    @Override
    public byte[] read() {
        String pin = System.getenv(variable);
        if (pin == null || pin.isEmpty()) {
            throw new PinUnavailableException(
                    "the environment variable " + variable + ", which holds the PIN, is not set");
        }
        return pin.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isUnattended() {
        return true;
    }
}
