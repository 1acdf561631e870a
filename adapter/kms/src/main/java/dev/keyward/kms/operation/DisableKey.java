package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;

/** Switches a key off. */
final class DisableKey implements Mapping<DisableKeyRequest, DisableKeyResponse> {
    private final Keys keys;

    DisableKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<DisableKeyResponse> form(DisableKeyRequest request, Caller caller) {
        return Request.of(Operation.DISABLE_KEY, caller).onKey(request.keyId()).performs((call, on) -> {
            keys.disable(on.key());
            return DisableKeyResponse.builder().build();
        });
    }
}
