package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Refusals as AWS's client sees them. */
final class Refusals {
    private Refusals() {}

    /** Asserts that the call is refused with that code and exactly that message. */
    static void assertRefused(ThrowingCallable call, String code, @Nullable String message) {
        KmsException refusal = catchThrowableOfType(KmsException.class, call);
        assertThat(refusal).as(code).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    /** Asserts that the call is refused with that code, without a message. */
    static void assertRefusedInSilence(ThrowingCallable call, String code) {
        assertRefused(call, code, null);
    }
}
