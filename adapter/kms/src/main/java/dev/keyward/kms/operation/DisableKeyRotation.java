package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Rotation;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;

/** Ends a key's automatic rotation. */
final class DisableKeyRotation implements Mapping<DisableKeyRotationRequest, DisableKeyRotationResponse> {
    private final Rotation rotation;

    DisableKeyRotation(Rotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public Request<DisableKeyRotationResponse> form(DisableKeyRotationRequest request, Caller caller) {
        return Request.of(Operation.DISABLE_KEY_ROTATION, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    rotation.disable(on.key());
                    return DisableKeyRotationResponse.builder().build();
                });
    }
}
