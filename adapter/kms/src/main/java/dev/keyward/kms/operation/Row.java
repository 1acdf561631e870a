package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.json.AwsJsonReader;
import dev.keyward.kms.json.Shape;
import dev.keyward.kms.json.Shapes;
import dev.keyward.kms.validation.MemberTable;
import dev.keyward.kms.validation.Validator;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.RequestPath;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * One operation of the AWS face: how its request is read, checked and mapped. Thread-safe.
 *
 * @param <Q> the SDK's request
 * @param <A> the SDK's answer
 */
public final class Row<Q extends KmsRequest, A extends KmsResponse> {
    private final Operation operation;
    private final Shape.Structure shape;
    private final Validator validator;
    private final GrantTokens grantTokens;
    private final Mapping<Q, A> mapping;

    <B extends SdkPojo & SdkBuilder<B, Q>> Row(
            MemberTable members, Grants grants, Operation operation, Supplier<B> builder, Mapping<Q, A> mapping) {
        this.operation = operation;
        this.shape = Shapes.of(builder, member -> members.knows(operation.awsName(), member));
        this.validator = Validator.of(operation.awsName(), shape, members);
        this.grantTokens = new GrantTokens(grants, builder.get().sdkFields());
        this.mapping = mapping;
    }

    /** The operation. */
    public Operation operation() {
        return operation;
    }

    /**
     * Takes a request from its bytes to its answer, all of it inside the request path.
     *
     * @throws KeywardException for every refusal and failure, which is then audited
     */
    public A handle(RequestPath path, Caller caller, byte[] body) {
        Form form = new Form(caller, body);
        try {
            return path.handle(caller, operation.awsName(), form);
        } finally {
            form.clear();
        }
    }

    /** Reads a request, and clears it when it is over: not before, since it may be performed again. */
    private final class Form implements Supplier<Request<A>> {
        private final Caller caller;
        private final byte[] body;
        private Secrets secrets = Secrets.NONE;

        Form(Caller caller, byte[] body) {
            this.caller = caller;
            this.body = body;
        }

        @Override
        public Request<A> get() {
            Q request = read();
            secrets = Secrets.of(request);
            validator.validate(request);
            grantTokens.require(request, caller.scope().region());
            return mapping.form(request, caller).showing(AuditedMembers.of(request), AuditedMembers::of);
        }

        @SuppressWarnings("unchecked") // the shape was made from a builder of Q
        private Q read() {
            return (Q) AwsJsonReader.read(body, shape);
        }

        void clear() {
            secrets.clear();
        }
    }
}
