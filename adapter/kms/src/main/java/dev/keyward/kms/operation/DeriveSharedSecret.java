package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.KeyAgreements;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;

/** Derives the secret that a key shares with another party's public key. */
final class DeriveSharedSecret implements Mapping<DeriveSharedSecretRequest, DeriveSharedSecretResponse> {
    private final KeyAgreements agreements;

    DeriveSharedSecret(KeyAgreements agreements) {
        this.agreements = agreements;
    }

    @Override
    public Request<DeriveSharedSecretResponse> form(DeriveSharedSecretRequest request, Caller caller) {
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        byte[] publicKey = request.publicKey().asByteArrayUnsafe();
        String algorithm = request.keyAgreementAlgorithmAsString();
        return Request.of(Operation.DERIVE_SHARED_SECRET, caller)
                .onKey(request.keyId())
                .condition(ConditionKey.KEY_AGREEMENT_ALGORITHM, algorithm)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .requires(on -> KeyAgreements.requireSuitable(on.key(), publicKey))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    return DeriveSharedSecretResponse.builder()
                            .keyId(key.arn())
                            .sharedSecret(SdkBytes.fromByteArrayUnsafe(agreements.derive(key, publicKey)))
                            .keyAgreementAlgorithm(algorithm)
                            .keyOrigin(key.origin().name())
                            .build();
                });
    }
}
