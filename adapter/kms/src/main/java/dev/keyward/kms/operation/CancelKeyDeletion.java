package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;

/** Takes a scheduled deletion back; the key is left disabled. */
final class CancelKeyDeletion implements Mapping<CancelKeyDeletionRequest, CancelKeyDeletionResponse> {
    private final Keys keys;

    CancelKeyDeletion(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<CancelKeyDeletionResponse> form(CancelKeyDeletionRequest request, Caller caller) {
        return Request.of(Operation.CANCEL_KEY_DELETION, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    keys.cancelDeletion(on.key());
                    return CancelKeyDeletionResponse.builder()
                            .keyId(on.key().arn())
                            .build();
                });
    }
}
