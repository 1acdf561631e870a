package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Aliases;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;

/** Takes a name from a key. */
final class DeleteAlias implements Mapping<DeleteAliasRequest, DeleteAliasResponse> {
    private final Aliases aliases;

    DeleteAlias(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public Request<DeleteAliasResponse> form(DeleteAliasRequest request, Caller caller) {
        Aliases.requirePrefix(request.aliasName());
        return Request.of(Operation.DELETE_ALIAS, caller)
                .onAlias(request.aliasName())
                .onKeyOfAlias(request.aliasName())
                .performs((call, on) -> {
                    aliases.delete(on.alias());
                    return DeleteAliasResponse.builder().build();
                });
    }
}
