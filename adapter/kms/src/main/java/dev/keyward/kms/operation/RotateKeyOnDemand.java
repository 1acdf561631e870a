package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Rotation;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandResponse;

/** Rotates a key at once. */
final class RotateKeyOnDemand implements Mapping<RotateKeyOnDemandRequest, RotateKeyOnDemandResponse> {
    private final Rotation rotation;

    RotateKeyOnDemand(Rotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public Request<RotateKeyOnDemandResponse> form(RotateKeyOnDemandRequest request, Caller caller) {
        return Request.of(Operation.ROTATE_KEY_ON_DEMAND, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    rotation.onDemand(call, on.key());
                    return RotateKeyOnDemandResponse.builder()
                            .keyId(on.key().arn())
                            .build();
                });
    }
}
