package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.WrappingAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Import tokens: sealed under a service key and bound to one key, one wrapping key, one algorithm and a time. Nothing in
 * them is secret, and nobody else can make one. Thread-safe.
 */
final class ImportTokens {
    /**
     * What an import token says.
     *
     * @param wrappingKeyId the wrapping key that the material is under
     * @param algorithm how it is wrapped
     * @param validTo when it ends
     */
    record Content(String wrappingKeyId, WrappingAlgorithm algorithm, Instant validTo) {}

    private final Sealer sealer;

    ImportTokens(Sealer sealer) {
        this.sealer = sealer;
    }

    byte[] seal(KeyRecord key, Content content) {
        String text = "%s %s %d"
                .formatted(
                        content.wrappingKeyId(),
                        content.algorithm().name(),
                        content.validTo().toEpochMilli());
        return sealer.seal(ServicePurpose.IMPORT_TOKEN, key.arn(), text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads an import token that was made for that key.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_IMPORT_TOKEN} or {@link ErrorCode#EXPIRED_IMPORT_TOKEN}
     */
    Content open(KeyRecord key, byte[] importToken, Instant now) {
        String[] parts = sealer.open(ServicePurpose.IMPORT_TOKEN, key.arn(), importToken)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).split(" ", -1))
                .orElseThrow(() -> new KeywardException(
                        ErrorCode.INVALID_IMPORT_TOKEN,
                        "The import token is not valid, or belongs to another KMS key."));
        Content content = new Content(
                parts[0], WrappingAlgorithm.valueOf(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])));
        if (!now.isBefore(content.validTo())) {
            throw expired();
        }
        return content;
    }

    static KeywardException expired() {
        return new KeywardException(
                ErrorCode.EXPIRED_IMPORT_TOKEN,
                "The import token has expired. Get a new import token and public key with GetParametersForImport.");
    }
}
