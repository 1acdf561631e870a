package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionResponse;

/** Describes a key anew. */
final class UpdateKeyDescription implements Mapping<UpdateKeyDescriptionRequest, UpdateKeyDescriptionResponse> {
    private final Keys keys;

    UpdateKeyDescription(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<UpdateKeyDescriptionResponse> form(UpdateKeyDescriptionRequest request, Caller caller) {
        return Request.of(Operation.UPDATE_KEY_DESCRIPTION, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    keys.describe(on.key(), request.description());
                    return UpdateKeyDescriptionResponse.builder().build();
                });
    }
}
