package dev.keyward.endpoint;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Remembers what AWS's clients asked for, and how it was answered. Thread-safe. */
final class RequestLog {
    static final String OK = "ok";

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

    /**
     * A request and its answer.
     *
     * @param requestId as it was answered
     * @param principalArn who asked
     * @param operation AWS's name of the operation
     * @param outcome {@link #OK} or the code of an error
     */
    record Entry(String requestId, String principalArn, String operation, String outcome) {}

    /** Sees the requests of a principal. */
    ExecutionInterceptor of(String principalArn) {
        return new ExecutionInterceptor() {
            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                if (context.response() instanceof AwsResponse answer) {
                    add(attributes, answer.responseMetadata().requestId(), OK);
                }
            }

            @Override
            public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
                if (context.exception() instanceof AwsServiceException refusal) {
                    add(
                            attributes,
                            refusal.requestId(),
                            refusal.awsErrorDetails().errorCode());
                }
            }

            private void add(ExecutionAttributes attributes, String requestId, String outcome) {
                String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
                entries.add(new Entry(requestId, principalArn, operation, outcome));
            }
        };
    }

    /** What was asked for until now. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
