package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;

/** Switches a key on. */
final class EnableKey implements Mapping<EnableKeyRequest, EnableKeyResponse> {
    private final Keys keys;

    EnableKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<EnableKeyResponse> form(EnableKeyRequest request, Caller caller) {
        return Request.of(Operation.ENABLE_KEY, caller).onKey(request.keyId()).performs((call, on) -> {
            keys.enable(on.key());
            return EnableKeyResponse.builder().build();
        });
    }
}
