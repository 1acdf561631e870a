package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;

/** Makes a data key and hands it out under a key only. */
final class GenerateDataKeyWithoutPlaintext
        implements Mapping<GenerateDataKeyWithoutPlaintextRequest, GenerateDataKeyWithoutPlaintextResponse> {
    private final Cryptography cryptography;

    GenerateDataKeyWithoutPlaintext(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<GenerateDataKeyWithoutPlaintextResponse> form(
            GenerateDataKeyWithoutPlaintextRequest request, Caller caller) {
        int lengthBytes = DataKeyLength.of(request.numberOfBytes(), request.keySpec());
        EncryptionContext context = new EncryptionContext(request.encryptionContext());
        return Request.of(Operation.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT, caller)
                .onKey(request.keyId(), context)
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    Cryptography.Encrypted dataKey =
                            cryptography.generateDataKeyWithoutPlaintext(call, key, lengthBytes, context);
                    return GenerateDataKeyWithoutPlaintextResponse.builder()
                            .keyId(key.arn())
                            .keyMaterialId(MaterialIds.shown(dataKey.material()))
                            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(dataKey.blob()))
                            .build();
                });
    }
}
