package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Signatures;
import dev.keyward.lifecycle.Signatures.MessageType;
import software.amazon.awssdk.services.kms.model.VerifyRequest;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/** Verifies a signature. A wrong one is an error, never an answer. */
final class Verify implements Mapping<VerifyRequest, VerifyResponse> {
    private final Signatures signatures;

    Verify(Signatures signatures) {
        this.signatures = signatures;
    }

    @Override
    public Request<VerifyResponse> form(VerifyRequest request, Caller caller) {
        byte[] message = request.message().asByteArrayUnsafe();
        byte[] signature = request.signature().asByteArrayUnsafe();
        String algorithm = request.signingAlgorithmAsString();
        MessageType type = MessageTypes.of(request.messageTypeAsString());
        return Request.of(Operation.VERIFY, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.SIGNING_ALGORITHM, algorithm)
                .condition(ConditionKey.MESSAGE_TYPE, type)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .requires(on -> Signatures.requireSuitable(SigningAlgorithm.valueOf(algorithm), type, message))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    signatures.requireValid(on.key(), SigningAlgorithm.valueOf(algorithm), type, message, signature);
                    return VerifyResponse.builder()
                            .keyId(on.key().arn())
                            .signatureValid(true)
                            .signingAlgorithm(algorithm)
                            .build();
                });
    }
}
