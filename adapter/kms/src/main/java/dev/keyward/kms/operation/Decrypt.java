package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/** Decrypts what a key encrypted. The ciphertext says which key that was. */
final class Decrypt implements Mapping<DecryptRequest, DecryptResponse> {
    private final Cryptography cryptography;

    Decrypt(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<DecryptResponse> form(DecryptRequest request, Caller caller) {
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        Unsupported.refuseIf(request.hasDryRunModifiers(), "DryRunModifiers");
        byte[] ciphertext = Ciphertexts.required(request.ciphertextBlob());
        String algorithm = EncryptionAlgorithms.orDefault(request.encryptionAlgorithmAsString());
        EncryptionContext context = new EncryptionContext(request.encryptionContext());
        return Request.of(Operation.DECRYPT, caller)
                .onCiphertext(ciphertext, request.keyId(), context, Operation.DECRYPT.action())
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()))
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    Cryptography.Decrypted decrypted = cryptography.decrypt(call, on, context);
                    return DecryptResponse.builder()
                            .keyId(on.key().arn())
                            .keyMaterialId(decrypted.material().hexadecimal())
                            .plaintext(SdkBytes.fromByteArrayUnsafe(decrypted.plaintext()))
                            .encryptionAlgorithm(algorithm)
                            .build();
                });
    }
}
