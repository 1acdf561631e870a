package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Aliases;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;

/** Lets an alias stand for another key. */
final class UpdateAlias implements Mapping<UpdateAliasRequest, UpdateAliasResponse> {
    private final Aliases aliases;

    UpdateAlias(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public Request<UpdateAliasResponse> form(UpdateAliasRequest request, Caller caller) {
        Aliases.requirePrefix(request.aliasName());
        return Request.of(Operation.UPDATE_ALIAS, caller)
                .onAlias(request.aliasName())
                .onKeyOfAlias(request.aliasName())
                .onKey(request.targetKeyId())
                .performs((call, on) -> {
                    aliases.update(call, on.alias(), on.key());
                    return UpdateAliasResponse.builder().build();
                });
    }
}
