package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.DataKeyPairs;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;

/** Makes a key pair and hands out its private half under a key alone. */
final class GenerateDataKeyPairWithoutPlaintext
        implements Mapping<GenerateDataKeyPairWithoutPlaintextRequest, GenerateDataKeyPairWithoutPlaintextResponse> {
    private final DataKeyPairs pairs;

    GenerateDataKeyPairWithoutPlaintext(DataKeyPairs pairs) {
        this.pairs = pairs;
    }

    @Override
    public Request<GenerateDataKeyPairWithoutPlaintextResponse> form(
            GenerateDataKeyPairWithoutPlaintextRequest request, Caller caller) {
        KeySpec spec = Unsupported.require("KeyPairSpec", request.keyPairSpecAsString(), KeySpec.class);
        DataKeyPairs.requireSupported(spec);
        EncryptionContext context = new EncryptionContext(request.encryptionContext());
        return Request.of(Operation.GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT, caller)
                .onKey(request.keyId(), context)
                .condition(ConditionKey.DATA_KEY_PAIR_SPEC, spec)
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    DataKeyPairs.DataKeyPair pair = pairs.generateWithoutPlaintext(call, key, spec, context);
                    return GenerateDataKeyPairWithoutPlaintextResponse.builder()
                            .keyId(key.arn())
                            .keyMaterialId(MaterialIds.shown(pair.encrypted().material()))
                            .keyPairSpec(spec.name())
                            .publicKey(SdkBytes.fromByteArrayUnsafe(pair.publicKey()))
                            .privateKeyCiphertextBlob(SdkBytes.fromByteArrayUnsafe(
                                    pair.encrypted().blob()))
                            .build();
                });
    }
}
