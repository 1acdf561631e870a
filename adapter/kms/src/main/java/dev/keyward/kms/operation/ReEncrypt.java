package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** Decrypts under one key and encrypts under another, without showing the message. */
final class ReEncrypt implements Mapping<ReEncryptRequest, ReEncryptResponse> {
    private final Cryptography cryptography;

    ReEncrypt(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<ReEncryptResponse> form(ReEncryptRequest request, Caller caller) {
        Unsupported.refuseIf(request.hasDryRunModifiers(), "DryRunModifiers");
        byte[] ciphertext = Ciphertexts.required(request.ciphertextBlob());
        String fromAlgorithm = EncryptionAlgorithms.orDefault(request.sourceEncryptionAlgorithmAsString());
        String toAlgorithm = EncryptionAlgorithms.orDefault(request.destinationEncryptionAlgorithmAsString());
        EncryptionContext from = new EncryptionContext(request.sourceEncryptionContext());
        EncryptionContext to = new EncryptionContext(request.destinationEncryptionContext());
        return Request.of(Operation.RE_ENCRYPT, caller)
                .onCiphertext(ciphertext, request.sourceKeyId(), from, "kms:ReEncryptFrom")
                .onKey(request.destinationKeyId(), to, "kms:ReEncryptTo")
                .requires(on -> Algorithms.requireSuitable(fromAlgorithm, on.key()))
                .requires(on -> Algorithms.requireSuitable(toAlgorithm, on.secondKey()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord source = on.key();
                    KeyRecord destination = on.secondKey();
                    Cryptography.Decrypted message = cryptography.decrypt(call, on, from);
                    Cryptography.Encrypted again = cryptography.reEncrypt(call, message, destination, to);
                    return ReEncryptResponse.builder()
                            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(again.blob()))
                            .sourceKeyId(source.arn())
                            .keyId(destination.arn())
                            .sourceEncryptionAlgorithm(fromAlgorithm)
                            .destinationEncryptionAlgorithm(toAlgorithm)
                            .sourceKeyMaterialId(message.material().hexadecimal())
                            .destinationKeyMaterialId(again.material().hexadecimal())
                            .build();
                });
    }
}
