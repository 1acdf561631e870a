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
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;

/** Makes a key pair and hands out its private half twice: in the clear, and under a key. */
final class GenerateDataKeyPair implements Mapping<GenerateDataKeyPairRequest, GenerateDataKeyPairResponse> {
    private final DataKeyPairs pairs;

    GenerateDataKeyPair(DataKeyPairs pairs) {
        this.pairs = pairs;
    }

    @Override
    public Request<GenerateDataKeyPairResponse> form(GenerateDataKeyPairRequest request, Caller caller) {
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        KeySpec spec = Unsupported.require("KeyPairSpec", request.keyPairSpecAsString(), KeySpec.class);
        DataKeyPairs.requireSupported(spec);
        EncryptionContext context = new EncryptionContext(request.encryptionContext());
        return Request.of(Operation.GENERATE_DATA_KEY_PAIR, caller)
                .onKey(request.keyId(), context)
                .condition(ConditionKey.DATA_KEY_PAIR_SPEC, spec)
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    DataKeyPairs.DataKeyPair pair = pairs.generate(call, key, spec, context);
                    return GenerateDataKeyPairResponse.builder()
                            .keyId(key.arn())
                            .keyMaterialId(MaterialIds.shown(pair.encrypted().material()))
                            .keyPairSpec(spec.name())
                            .publicKey(SdkBytes.fromByteArrayUnsafe(pair.publicKey()))
                            .privateKeyPlaintext(SdkBytes.fromByteArrayUnsafe(pair.privateKey()))
                            .privateKeyCiphertextBlob(SdkBytes.fromByteArrayUnsafe(
                                    pair.encrypted().blob()))
                            .build();
                });
    }
}
