package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.MaterialId;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Imports;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;

/** Takes material into the token, unwrapped there. */
final class ImportKeyMaterial implements Mapping<ImportKeyMaterialRequest, ImportKeyMaterialResponse> {
    private final Imports imports;

    ImportKeyMaterial(Imports imports) {
        this.imports = imports;
    }

    @Override
    public Request<ImportKeyMaterialResponse> form(ImportKeyMaterialRequest request, Caller caller) {
        Imports.Material material = material(request);
        return Request.of(Operation.IMPORT_KEY_MATERIAL, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.EXPIRATION_MODEL, request.expirationModelAsString())
                .condition(
                        ConditionKey.VALID_TO,
                        request.validTo() == null ? null : request.validTo().getEpochSecond())
                .performs((call, on) -> ImportKeyMaterialResponse.builder()
                        .keyMaterialId(MaterialIds.shown(on.key(), imports.importMaterial(call, on.key(), material)))
                        .keyId(on.key().arn())
                        .build());
    }

    private static Imports.Material material(ImportKeyMaterialRequest request) {
        String expirationModel = request.expirationModelAsString();
        String importType = request.importTypeAsString();
        String materialId = request.keyMaterialId();
        return new Imports.Material(
                request.importToken().asByteArrayUnsafe(),
                request.encryptedKeyMaterial().asByteArrayUnsafe(),
                expirationModel == null ? null : ExpirationModel.valueOf(expirationModel),
                request.validTo(),
                importType == null ? null : Imports.ImportType.valueOf(importType),
                materialId == null ? null : new MaterialId(materialId),
                request.keyMaterialDescription());
    }
}
