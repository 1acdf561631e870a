package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Imports;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GetParametersForImportRequest;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/** Hands out a public key to wrap material for, and the import token that belongs to it. */
final class GetParametersForImport implements Mapping<GetParametersForImportRequest, GetParametersForImportResponse> {
    private final Imports imports;

    GetParametersForImport(Imports imports) {
        this.imports = imports;
    }

    @Override
    public Request<GetParametersForImportResponse> form(GetParametersForImportRequest request, Caller caller) {
        WrappingAlgorithm algorithm =
                Unsupported.require("WrappingAlgorithm", request.wrappingAlgorithmAsString(), WrappingAlgorithm.class);
        int modulusBits = modulusBits(request.wrappingKeySpec());
        return Request.of(Operation.GET_PARAMETERS_FOR_IMPORT, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.WRAPPING_ALGORITHM, algorithm)
                .condition(ConditionKey.WRAPPING_KEY_SPEC, request.wrappingKeySpecAsString())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    Imports.Parameters parameters = imports.parameters(call, key, algorithm, modulusBits);
                    return GetParametersForImportResponse.builder()
                            .keyId(key.arn())
                            .importToken(SdkBytes.fromByteArrayUnsafe(parameters.importToken()))
                            .publicKey(SdkBytes.fromByteArrayUnsafe(parameters.publicKey()))
                            .parametersValidTo(parameters.validTo())
                            .build();
                });
    }

    private static int modulusBits(WrappingKeySpec spec) {
        return switch (spec) {
            case RSA_2048 -> 2048;
            case RSA_3072 -> 3072;
            case RSA_4096 -> 4096;
            case SM2, UNKNOWN_TO_SDK_VERSION -> throw Unsupported.value("WrappingKeySpec", spec.toString());
        };
    }
}
