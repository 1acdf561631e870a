package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Rotation;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;

/** Rotates a key by itself from now on. */
final class EnableKeyRotation implements Mapping<EnableKeyRotationRequest, EnableKeyRotationResponse> {
    private final Rotation rotation;

    EnableKeyRotation(Rotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public Request<EnableKeyRotationResponse> form(EnableKeyRotationRequest request, Caller caller) {
        return Request.of(Operation.ENABLE_KEY_ROTATION, caller)
                .onKey(request.keyId())
                .condition(
                        ConditionKey.ROTATION_PERIOD_IN_DAYS,
                        Optional.ofNullable(request.rotationPeriodInDays()).orElse(Rotation.DEFAULT_PERIOD_DAYS))
                .performs((call, on) -> {
                    rotation.enable(call, on.key(), request.rotationPeriodInDays());
                    return EnableKeyRotationResponse.builder().build();
                });
    }
}
