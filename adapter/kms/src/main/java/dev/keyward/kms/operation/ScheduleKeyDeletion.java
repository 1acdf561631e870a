package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;

/** Sets the day on which a key will be gone. */
final class ScheduleKeyDeletion implements Mapping<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse> {
    private final Keys keys;

    ScheduleKeyDeletion(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<ScheduleKeyDeletionResponse> form(ScheduleKeyDeletionRequest request, Caller caller) {
        return Request.of(Operation.SCHEDULE_KEY_DELETION, caller)
                .onKey(request.keyId())
                .condition(
                        ConditionKey.SCHEDULE_KEY_DELETION_PENDING_WINDOW_IN_DAYS,
                        Optional.ofNullable(request.pendingWindowInDays()).orElse(Keys.DEFAULT_DELETION_WINDOW_DAYS))
                .performs((call, on) -> {
                    KeyRecord scheduled = keys.scheduleDeletion(call, on.key(), request.pendingWindowInDays());
                    return ScheduleKeyDeletionResponse.builder()
                            .keyId(scheduled.arn())
                            .deletionDate(scheduled.deletionDate())
                            .keyState(keys.state(call, scheduled).awsName())
                            .pendingWindowInDays(scheduled.deletionWindowDays())
                            .build();
                });
    }
}
