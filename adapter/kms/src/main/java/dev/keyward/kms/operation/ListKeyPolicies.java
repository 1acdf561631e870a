package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;

/** Lists the names of a key's policies: there is one. */
final class ListKeyPolicies implements Mapping<ListKeyPoliciesRequest, ListKeyPoliciesResponse> {
    @Override
    public Request<ListKeyPoliciesResponse> form(ListKeyPoliciesRequest request, Caller caller) {
        if (request.marker() != null) {
            throw new KeywardException(ErrorCode.INVALID_MARKER, "The marker is not valid.");
        }
        return Request.of(Operation.LIST_KEY_POLICIES, caller)
                .onKey(request.keyId())
                .performs((call, on) -> ListKeyPoliciesResponse.builder()
                        .policyNames(Keys.POLICY_NAME)
                        .truncated(false)
                        .build());
    }
}
