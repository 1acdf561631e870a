package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsage;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Signatures;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;

/** Hands out the public half of a key pair, and says what it is good for. */
final class GetPublicKey implements Mapping<GetPublicKeyRequest, GetPublicKeyResponse> {
    private final Signatures signatures;

    GetPublicKey(Signatures signatures) {
        this.signatures = signatures;
    }

    @Override
    public Request<GetPublicKeyResponse> form(GetPublicKeyRequest request, Caller caller) {
        return Request.of(Operation.GET_PUBLIC_KEY, caller)
                .onKey(request.keyId())
                .performs((call, on) -> answer(on.key()));
    }

    @SuppressWarnings("deprecation") // AWS KMS still sends the former name of KeySpec
    private GetPublicKeyResponse answer(KeyRecord key) {
        return GetPublicKeyResponse.builder()
                .keyId(key.arn())
                .publicKey(SdkBytes.fromByteArrayUnsafe(signatures.publicKey(key)))
                .customerMasterKeySpec(key.spec().name())
                .keySpec(key.spec().name())
                .keyUsage(key.usage().name())
                .encryptionAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.ENCRYPT_DECRYPT))
                .signingAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.SIGN_VERIFY))
                .keyAgreementAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.KEY_AGREEMENT))
                .build();
    }
}
