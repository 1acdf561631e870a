package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/** Decrypts what was encrypted under a key. A symmetric ciphertext says which key that was. */
final class Decrypt implements Mapping<DecryptRequest, DecryptResponse> {
    private final Cryptography cryptography;

    Decrypt(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<DecryptResponse> form(DecryptRequest request, Caller caller) {
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        Unsupported.refuseIf(request.hasDryRunModifiers(), "DryRunModifiers");
        EncryptedMessage message = new EncryptedMessage(
                request.ciphertextBlob(),
                request.keyId(),
                request.encryptionAlgorithmAsString(),
                request.encryptionContext());
        return message.addTo(Request.of(Operation.DECRYPT, caller), Operation.DECRYPT.action())
                .dryRun(request.dryRun())
                .performs((call, on) -> {
                    Cryptography.Decrypted decrypted = message.decrypt(cryptography, call, on);
                    return DecryptResponse.builder()
                            .keyId(on.key().arn())
                            .keyMaterialId(MaterialIds.shown(decrypted.material()))
                            .plaintext(SdkBytes.fromByteArrayUnsafe(decrypted.plaintext()))
                            .encryptionAlgorithm(message.algorithm())
                            .build();
                });
    }
}
