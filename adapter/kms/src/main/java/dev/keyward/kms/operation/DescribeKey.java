package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;

/** Says what a key is and how it stands. */
final class DescribeKey implements Mapping<DescribeKeyRequest, DescribeKeyResponse> {
    @Override
    public Request<DescribeKeyResponse> form(DescribeKeyRequest request, Caller caller) {
        return Request.of(Operation.DESCRIBE_KEY, caller)
                .onKey(request.keyId())
                .performs((call, on) -> DescribeKeyResponse.builder()
                        .keyMetadata(Metadata.of(on.key(), call.now()))
                        .build());
    }
}
