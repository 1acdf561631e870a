package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Makes a data key and hands it out twice: in the clear, and under a key. */
final class GenerateDataKey implements Mapping<GenerateDataKeyRequest, GenerateDataKeyResponse> {
    private final Cryptography cryptography;

    GenerateDataKey(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<GenerateDataKeyResponse> form(GenerateDataKeyRequest request, Caller caller) {
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        int lengthBytes = DataKeyLength.of(request.numberOfBytes(), request.keySpec());
        EncryptionContext context = new EncryptionContext(request.encryptionContext());
        return Request.of(Operation.GENERATE_DATA_KEY, caller)
                .onKey(request.keyId(), context)
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    Cryptography.DataKey dataKey = cryptography.generateDataKey(call, key, lengthBytes, context);
                    return GenerateDataKeyResponse.builder()
                            .keyId(key.arn())
                            .keyMaterialId(MaterialIds.shown(dataKey.encrypted().material()))
                            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(
                                    dataKey.encrypted().blob()))
                            .plaintext(SdkBytes.fromByteArrayUnsafe(dataKey.plaintext()))
                            .build();
                });
    }
}
