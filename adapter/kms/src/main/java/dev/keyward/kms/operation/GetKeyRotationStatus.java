package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Rotation;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;

/** Says whether, how often and when next a key rotates by itself. */
final class GetKeyRotationStatus implements Mapping<GetKeyRotationStatusRequest, GetKeyRotationStatusResponse> {
    @Override
    public Request<GetKeyRotationStatusResponse> form(GetKeyRotationStatusRequest request, Caller caller) {
        return Request.of(Operation.GET_KEY_ROTATION_STATUS, caller)
                .onKey(request.keyId())
                .performs((call, on) -> status(on.key()));
    }

    /** A key whose deletion is scheduled does not rotate, and does so again once that is taken back. */
    private static GetKeyRotationStatusResponse status(KeyRecord key) {
        boolean rotates = key.rotationPeriodDays() != null && key.deletionDate() == null;
        return GetKeyRotationStatusResponse.builder()
                .keyId(key.id().value())
                .keyRotationEnabled(rotates)
                .rotationPeriodInDays(rotates ? key.rotationPeriodDays() : null)
                .nextRotationDate(rotates ? key.nextRotationDate() : null)
                .onDemandRotationStartDate(Rotation.onDemandStart(key))
                .build();
    }
}
