package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Macs;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;

/** Computes the code of up to 4096 bytes. */
final class GenerateMac implements Mapping<GenerateMacRequest, GenerateMacResponse> {
    private final Macs macs;

    GenerateMac(Macs macs) {
        this.macs = macs;
    }

    @Override
    public Request<GenerateMacResponse> form(GenerateMacRequest request, Caller caller) {
        byte[] message = request.message().asByteArrayUnsafe();
        String algorithm = request.macAlgorithmAsString();
        return Request.of(Operation.GENERATE_MAC, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.MAC_ALGORITHM, algorithm)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    byte[] mac =
                            macs.generate(on.key(), Algorithms.of(algorithm, on.key(), MacAlgorithm.class), message);
                    return GenerateMacResponse.builder()
                            .keyId(on.key().arn())
                            .mac(SdkBytes.fromByteArrayUnsafe(mac))
                            .macAlgorithm(algorithm)
                            .build();
                });
    }
}
