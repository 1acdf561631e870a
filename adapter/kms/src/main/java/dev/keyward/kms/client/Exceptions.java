package dev.keyward.kms.client;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.ConflictException;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.ExpiredImportTokenException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyMaterialException;
import software.amazon.awssdk.services.kms.model.InvalidAliasNameException;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidGrantIdException;
import software.amazon.awssdk.services.kms.model.InvalidGrantTokenException;
import software.amazon.awssdk.services.kms.model.InvalidImportTokenException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.InvalidMarkerException;
import software.amazon.awssdk.services.kms.model.KeyUnavailableException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.TagException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Turns a refusal on the wire into the exception that the SDK's own client makes of it. */
final class Exceptions {
    /** The refusals that have an exception of their own in the SDK; all others are a plain {@link KmsException}. */
    // spotless:off
    private static final Map<String, Supplier<KmsException.Builder>> MODELED = Map.ofEntries(
            Map.entry("AlreadyExistsException",           AlreadyExistsException::builder),
            Map.entry("ConflictException",                ConflictException::builder),
            Map.entry("DependencyTimeoutException",       DependencyTimeoutException::builder),
            Map.entry("DisabledException",                DisabledException::builder),
            Map.entry("DryRunOperationException",         DryRunOperationException::builder),
            Map.entry("ExpiredImportTokenException",      ExpiredImportTokenException::builder),
            Map.entry("IncorrectKeyException",            IncorrectKeyException::builder),
            Map.entry("IncorrectKeyMaterialException",    IncorrectKeyMaterialException::builder),
            Map.entry("InvalidAliasNameException",        InvalidAliasNameException::builder),
            Map.entry("InvalidArnException",              InvalidArnException::builder),
            Map.entry("InvalidCiphertextException",       InvalidCiphertextException::builder),
            Map.entry("InvalidGrantIdException",          InvalidGrantIdException::builder),
            Map.entry("InvalidGrantTokenException",       InvalidGrantTokenException::builder),
            Map.entry("InvalidImportTokenException",      InvalidImportTokenException::builder),
            Map.entry("InvalidKeyUsageException",         InvalidKeyUsageException::builder),
            Map.entry("InvalidMarkerException",           InvalidMarkerException::builder),
            Map.entry("KMSInternalException",             KmsInternalException::builder),
            Map.entry("KMSInvalidMacException",           KmsInvalidMacException::builder),
            Map.entry("KMSInvalidSignatureException",     KmsInvalidSignatureException::builder),
            Map.entry("KMSInvalidStateException",         KmsInvalidStateException::builder),
            Map.entry("KeyUnavailableException",          KeyUnavailableException::builder),
            Map.entry("LimitExceededException",           LimitExceededException::builder),
            Map.entry("MalformedPolicyDocumentException", MalformedPolicyDocumentException::builder),
            Map.entry("NotFoundException",                NotFoundException::builder),
            Map.entry("TagException",                     TagException::builder),
            Map.entry("UnsupportedOperationException",    UnsupportedOperationException::builder));
    // spotless:on

    private Exceptions() {}

    static KmsException of(KeywardException refusal, String requestId) {
        ErrorCode code = refusal.code();
        KmsException.Builder exception =
                MODELED.getOrDefault(code.awsCode(), KmsException::builder).get();
        exception
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.awsCode())
                        .errorMessage(refusal.getMessage())
                        .serviceName("Kms")
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(code.httpStatus())
                                .build())
                        .build())
                .requestId(requestId)
                .statusCode(code.httpStatus())
                .cause(refusal);
        return (KmsException) exception.build();
    }
}
