package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.MaterialId;
import dev.keyward.lifecycle.Imports;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialResponse;

/** Destroys imported material; the key waits for it to be imported again. */
final class DeleteImportedKeyMaterial
        implements Mapping<DeleteImportedKeyMaterialRequest, DeleteImportedKeyMaterialResponse> {
    private final Imports imports;

    DeleteImportedKeyMaterial(Imports imports) {
        this.imports = imports;
    }

    @Override
    public Request<DeleteImportedKeyMaterialResponse> form(DeleteImportedKeyMaterialRequest request, Caller caller) {
        MaterialId wanted = request.keyMaterialId() == null ? null : new MaterialId(request.keyMaterialId());
        return Request.of(Operation.DELETE_IMPORTED_KEY_MATERIAL, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    MaterialId deleted = imports.deleteMaterial(call, on.key(), wanted);
                    return DeleteImportedKeyMaterialResponse.builder()
                            .keyId(on.key().arn())
                            .keyMaterialId(MaterialIds.shown(on.key(), deleted))
                            .build();
                });
    }
}
