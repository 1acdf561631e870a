package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomResponse;

/** Hands out random bytes of the token. */
final class GenerateRandom implements Mapping<GenerateRandomRequest, GenerateRandomResponse> {
    private final Cryptography cryptography;

    GenerateRandom(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public Request<GenerateRandomResponse> form(GenerateRandomRequest request, Caller caller) {
        Unsupported.refuseIf(request.customKeyStoreId() != null, "CustomKeyStoreId");
        Unsupported.refuseIf(request.recipient() != null, "Recipient");
        Integer lengthBytes = request.numberOfBytes();
        if (lengthBytes == null) {
            throw new KeywardException(ErrorCode.VALIDATION, "NumberOfBytes is required.");
        }
        return Request.of(Operation.GENERATE_RANDOM, caller)
                .performs((call, on) -> GenerateRandomResponse.builder()
                        .plaintext(SdkBytes.fromByteArrayUnsafe(cryptography.random(lengthBytes)))
                        .build());
    }
}
