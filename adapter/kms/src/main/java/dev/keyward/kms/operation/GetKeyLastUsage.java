package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.lifecycle.KeyUsages;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageRequest;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageResponse;
import software.amazon.awssdk.services.kms.model.KeyLastUsageData;

/** Says when a key was last used for what it is for. */
final class GetKeyLastUsage implements Mapping<GetKeyLastUsageRequest, GetKeyLastUsageResponse> {
    private final KeyUsages usages;

    GetKeyLastUsage(KeyUsages usages) {
        this.usages = usages;
    }

    @Override
    public Request<GetKeyLastUsageResponse> form(GetKeyLastUsageRequest request, Caller caller) {
        return Request.of(Operation.GET_KEY_LAST_USAGE, caller)
                .onKey(request.keyId())
                .performs((call, on) -> usage(on.key()));
    }

    /** A key that was not used has an empty usage, not none. */
    private GetKeyLastUsageResponse usage(KeyRecord key) {
        return GetKeyLastUsageResponse.builder()
                .keyId(key.id().value())
                .keyCreationDate(key.createdAt())
                .trackingStartDate(usages.trackedSince(key))
                .keyLastUsage(usages.last(key)
                        .map(GetKeyLastUsage::data)
                        .orElseGet(() -> KeyLastUsageData.builder().build()))
                .build();
    }

    private static KeyLastUsageData data(KeyUsageRecord usage) {
        return KeyLastUsageData.builder()
                .operation(usage.operation())
                .timestamp(usage.usedAt())
                .cloudTrailEventId(usage.eventId())
                .kmsRequestId(usage.requestId())
                .build();
    }
}
