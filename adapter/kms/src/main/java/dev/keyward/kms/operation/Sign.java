package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Signatures;
import dev.keyward.lifecycle.Signatures.MessageType;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;

/** Signs up to 4096 bytes, or a digest. */
final class Sign implements Mapping<SignRequest, SignResponse> {
    private final Signatures signatures;

    Sign(Signatures signatures) {
        this.signatures = signatures;
    }

    @Override
    public Request<SignResponse> form(SignRequest request, Caller caller) {
        byte[] message = request.message().asByteArrayUnsafe();
        String algorithm = request.signingAlgorithmAsString();
        MessageType type = MessageTypes.of(request.messageTypeAsString());
        return Request.of(Operation.SIGN, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.SIGNING_ALGORITHM, algorithm)
                .condition(ConditionKey.MESSAGE_TYPE, type)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .requires(on -> Signatures.requireSuitable(SigningAlgorithm.valueOf(algorithm), type, message))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    byte[] signature = signatures.sign(on.key(), SigningAlgorithm.valueOf(algorithm), type, message);
                    return SignResponse.builder()
                            .keyId(on.key().arn())
                            .signature(SdkBytes.fromByteArrayUnsafe(signature))
                            .signingAlgorithm(algorithm)
                            .build();
                });
    }
}
