package dev.keyward.pkcs11;

import dev.keyward.pkcs11.mechanism.Template;
import java.util.function.Function;

/** What unwrapped bytes become. */
sealed interface UnwrapTarget {
    /** The template if the token unwraps. */
    Template template();

    /**
     * A secret key.
     *
     * @param fromBytes the template if the host has the bytes
     * @param lengthsBytes the lengths they may have
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record SecretKey(Template template, Function<byte[], Template> fromBytes, int... lengthsBytes)
            implements UnwrapTarget {}

    /** A private key, which the token alone reads out of its PKCS#8 form. */
    record PrivateKey(Template template) implements UnwrapTarget {}
}
