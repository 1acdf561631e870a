package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/** Encrypts up to 4096 bytes under a key. */
final class Encrypt implements Mapping<EncryptRequest, EncryptResponse> {
    private final Cryptography cryptography;

    Encrypt(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<EncryptResponse> form(EncryptRequest request, Caller caller) {
        byte[] plaintext = request.plaintext().asByteArrayUnsafe();
        String algorithm = EncryptionAlgorithms.orDefault(request.encryptionAlgorithmAsString());
        EncryptionContext context = EncryptionAlgorithms.context(algorithm, request.encryptionContext());
        return Request.of(Operation.ENCRYPT, caller)
                .onKey(request.keyId(), algorithm, context, Operation.ENCRYPT.action())
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .requires(on -> Cryptography.requireFits(on.key(), EncryptionAlgorithm.valueOf(algorithm), plaintext))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    KeyRecord key = on.key();
                    Cryptography.Encrypted encrypted =
                            cryptography.encrypt(call, key, EncryptionAlgorithm.valueOf(algorithm), plaintext, context);
                    return EncryptResponse.builder()
                            .keyId(key.arn())
                            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(encrypted.blob()))
                            .encryptionAlgorithm(algorithm)
                            .build();
                });
    }
}
