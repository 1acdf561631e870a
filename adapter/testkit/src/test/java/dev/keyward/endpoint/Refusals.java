package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Refusals as AWS's clients see them. */
final class Refusals {
    private Refusals() {}

    /** Asserts that a request is refused with that code. */
    static void assertRefused(String code, ThrowingCallable request) {
        AwsServiceException refusal = catchThrowableOfType(AwsServiceException.class, request);
        assertThat(refusal).as(code).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }
}
