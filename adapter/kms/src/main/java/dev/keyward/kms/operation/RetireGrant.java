package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantResponse;

/** Ends a grant, by its token or by its key and id. */
final class RetireGrant implements Mapping<RetireGrantRequest, RetireGrantResponse> {
    private final Grants grants;

    RetireGrant(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Request<RetireGrantResponse> form(RetireGrantRequest request, Caller caller) {
        Grants.GrantAddress address = address(request, caller);
        return Request.of(Operation.RETIRE_GRANT, caller)
                .onGrantOfKey(address.keyArn(), address.grantId())
                .requires(on -> grants.requireGrant(on.key(), address.grantId()))
                .dryRun(request.dryRun())
                .detail("grantId", address.grantId())
                .performs((call, on) -> {
                    grants.end(on.key(), address.grantId());
                    return RetireGrantResponse.builder().build();
                });
    }

    private Grants.GrantAddress address(RetireGrantRequest request, Caller caller) {
        boolean byToken = request.grantToken() != null;
        boolean byId = request.keyId() != null && request.grantId() != null;
        boolean byHalfAnId = (request.keyId() == null) != (request.grantId() == null);
        if (byToken == byId || byHalfAnId) {
            throw new KeywardException(
                    ErrorCode.VALIDATION, "Specify either GrantToken, or KeyId and GrantId together.");
        }
        return byToken
                ? grants.address(caller.scope().region(), request.grantToken())
                : new Grants.GrantAddress(request.keyId(), request.grantId());
    }
}
