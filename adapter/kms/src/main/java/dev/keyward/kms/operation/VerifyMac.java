package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Macs;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacResponse;

/** Verifies a code. A wrong one is an error, never an answer. */
final class VerifyMac implements Mapping<VerifyMacRequest, VerifyMacResponse> {
    private final Macs macs;

    VerifyMac(Macs macs) {
        this.macs = macs;
    }

    @Override
    public Request<VerifyMacResponse> form(VerifyMacRequest request, Caller caller) {
        byte[] message = request.message().asByteArrayUnsafe();
        byte[] mac = request.mac().asByteArrayUnsafe();
        String algorithm = request.macAlgorithmAsString();
        return Request.of(Operation.VERIFY_MAC, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.MAC_ALGORITHM, algorithm)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    macs.requireValid(on.key(), Algorithms.of(algorithm, on.key(), MacAlgorithm.class), message, mac);
                    return VerifyMacResponse.builder()
                            .keyId(on.key().arn())
                            .macValid(true)
                            .macAlgorithm(algorithm)
                            .build();
                });
    }
}
