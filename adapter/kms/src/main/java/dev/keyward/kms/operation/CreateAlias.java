package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Aliases;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;

/** Gives a key another name. */
final class CreateAlias implements Mapping<CreateAliasRequest, CreateAliasResponse> {
    private final Aliases aliases;

    CreateAlias(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public Request<CreateAliasResponse> form(CreateAliasRequest request, Caller caller) {
        Aliases.requireValidNewName(request.aliasName());
        return Request.of(Operation.CREATE_ALIAS, caller)
                .onNewAlias(request.aliasName())
                .onKey(request.targetKeyId())
                .performs((call, on) -> {
                    aliases.create(call, request.aliasName(), on.key());
                    return CreateAliasResponse.builder().build();
                });
    }
}
