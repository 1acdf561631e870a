package dev.keyward.kms;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.json.AwsJsonWriter;
import dev.keyward.kms.operation.Operations;
import dev.keyward.kms.operation.Row;
import dev.keyward.kms.operation.Secrets;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.RequestPath;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Answers the requests of AWS KMS's clients, once it is known who sent them. Reading a request is part of its way, so a
 * malformed one and one for an unknown operation leave an audit record like any other. Thread-safe.
 */
public final class KmsFace {
    private static final int OK = 200;
    private static final byte[] NO_OUTPUT = {};

    private final RequestPath path;
    private final Operations operations;

    /**
     * The face of a lifecycle layer, which it does not own.
     *
     * @throws IllegalStateException if the table of members and the SDK do not fit together
     */
    public KmsFace(Lifecycle lifecycle) {
        path = lifecycle.path();
        operations = new Operations(lifecycle);
    }

    /**
     * Answers a request, whatever it is.
     *
     * @param caller who sent it
     * @param operation the operation's name, as in {@code X-Amz-Target} after the service's
     * @param body AWS JSON 1.1; no bytes at all stand for {@code {}}
     * @return the answer, of a refusal or failure too
     */
    public WireAnswer answer(Caller caller, String operation, byte[] body) {
        try {
            return success(respond(caller, operation, body));
        } catch (KeywardException refusal) {
            return ErrorAnswers.of(refusal);
        }
    }

    /**
     * Answers a request in AWS's model classes.
     *
     * @param caller who sent it
     * @param operation the operation's name
     * @param body AWS JSON 1.1; no bytes at all stand for {@code {}}
     * @return the SDK's response; whoever asked clears the {@link Secrets} in it
     * @throws KeywardException for every refusal and failure
     */
    public SdkPojo respond(Caller caller, String operation, byte[] body) {
        Row<?, ?> row = operations.find(operation);
        return row == null
                ? path.<SdkPojo>handle(caller, operation, KmsFace::refuseUnknown)
                : row.handle(path, caller, body);
    }

    private static Request<SdkPojo> refuseUnknown() {
        throw new KeywardException(
                ErrorCode.UNKNOWN_OPERATION, "The operation is unknown, or not offered by this version.");
    }

    private static WireAnswer success(SdkPojo response) {
        try {
            boolean hasOutput = !response.sdkFields().isEmpty();
            return new WireAnswer(OK, hasOutput ? AwsJsonWriter.write(response) : NO_OUTPUT, null);
        } finally {
            Secrets.of(response).clear();
        }
    }
}
