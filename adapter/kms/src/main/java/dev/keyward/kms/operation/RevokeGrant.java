package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantResponse;

/** Ends a grant. */
final class RevokeGrant implements Mapping<RevokeGrantRequest, RevokeGrantResponse> {
    private final Grants grants;

    RevokeGrant(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Request<RevokeGrantResponse> form(RevokeGrantRequest request, Caller caller) {
        return Request.of(Operation.REVOKE_GRANT, caller)
                .onKey(request.keyId())
                .requires(on -> grants.requireGrant(on.key(), request.grantId()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    grants.end(on.key(), request.grantId());
                    return RevokeGrantResponse.builder().build();
                });
    }
}
