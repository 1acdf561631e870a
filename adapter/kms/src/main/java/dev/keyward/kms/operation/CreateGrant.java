package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;

/** Allows somebody the use of a key. */
final class CreateGrant implements Mapping<CreateGrantRequest, CreateGrantResponse> {
    private final Grants grants;

    CreateGrant(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Request<CreateGrantResponse> form(CreateGrantRequest request, Caller caller) {
        Grants.NewGrant wanted = wanted(request);
        Grants.requireValid(wanted);
        return Request.of(Operation.CREATE_GRANT, caller)
                .onKey(request.keyId())
                .creates(wanted)
                .requires(on -> Grants.requireSuitable(wanted, on.key()))
                .requires(on -> grants.requirePrincipals(wanted))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    Grants.Granted granted = grants.create(call, on.key(), wanted);
                    return CreateGrantResponse.builder()
                            .grantId(granted.grantId())
                            .grantToken(granted.grantToken())
                            .build();
                });
    }

    private static Grants.NewGrant wanted(CreateGrantRequest request) {
        GrantConstraints constraints = Optional.ofNullable(request.constraints())
                .orElseGet(() -> GrantConstraints.builder().build());
        return new Grants.NewGrant(
                request.name(),
                request.granteePrincipal(),
                request.granteeServicePrincipal(),
                request.retiringPrincipal(),
                request.retiringServicePrincipal(),
                request.operationsAsStrings(),
                constraints.hasEncryptionContextEquals() ? constraints.encryptionContextEquals() : null,
                constraints.hasEncryptionContextSubset() ? constraints.encryptionContextSubset() : null,
                constraints.sourceArn());
    }
}
