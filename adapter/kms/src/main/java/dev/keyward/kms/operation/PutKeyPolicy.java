package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;

/** Replaces a key's policy. */
final class PutKeyPolicy implements Mapping<PutKeyPolicyRequest, PutKeyPolicyResponse> {
    private final Keys keys;

    PutKeyPolicy(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<PutKeyPolicyResponse> form(PutKeyPolicyRequest request, Caller caller) {
        boolean bypassLockoutCheck = Boolean.TRUE.equals(request.bypassPolicyLockoutSafetyCheck());
        return Request.of(Operation.PUT_KEY_POLICY, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK, request.bypassPolicyLockoutSafetyCheck())
                .performs((call, on) -> {
                    keys.putPolicy(call, on.key(), request.policyName(), request.policy(), bypassLockoutCheck);
                    return PutKeyPolicyResponse.builder().build();
                });
    }
}
