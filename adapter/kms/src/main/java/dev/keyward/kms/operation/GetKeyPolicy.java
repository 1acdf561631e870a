package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;

/** Shows a key's policy. */
final class GetKeyPolicy implements Mapping<GetKeyPolicyRequest, GetKeyPolicyResponse> {
    private final Keys keys;

    GetKeyPolicy(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<GetKeyPolicyResponse> form(GetKeyPolicyRequest request, Caller caller) {
        return Request.of(Operation.GET_KEY_POLICY, caller)
                .onKey(request.keyId())
                .performs((call, on) -> GetKeyPolicyResponse.builder()
                        .policy(keys.policy(on.key(), request.policyName()))
                        .policyName(Keys.POLICY_NAME)
                        .build());
    }
}
