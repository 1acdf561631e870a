package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.EncryptionAlgorithm;
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
        EncryptedMessage from = new EncryptedMessage(
                request.ciphertextBlob(),
                request.sourceKeyId(),
                request.sourceEncryptionAlgorithmAsString(),
                request.sourceEncryptionContext());
        String to = EncryptionAlgorithms.orDefault(request.destinationEncryptionAlgorithmAsString());
        EncryptionContext context = EncryptionAlgorithms.context(to, request.destinationEncryptionContext());
        return from.addTo(Request.of(Operation.RE_ENCRYPT, caller), "kms:ReEncryptFrom")
                .onKey(request.destinationKeyId(), to, context, "kms:ReEncryptTo")
                .requires(on -> Algorithms.requireSuitable(to, on.secondKey()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord source = on.key();
                    KeyRecord destination = on.secondKey();
                    Cryptography.Decrypted message = from.decrypt(cryptography, call, on);
                    Cryptography.Encrypted again = cryptography.reEncrypt(
                            call, message, destination, EncryptionAlgorithm.valueOf(to), context);
                    return ReEncryptResponse.builder()
                            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(again.blob()))
                            .sourceKeyId(source.arn())
                            .keyId(destination.arn())
                            .sourceEncryptionAlgorithm(from.algorithm())
                            .destinationEncryptionAlgorithm(to)
                            .sourceKeyMaterialId(MaterialIds.shown(message.material()))
                            .destinationKeyMaterialId(MaterialIds.shown(again.material()))
                            .build();
                });
    }
}
