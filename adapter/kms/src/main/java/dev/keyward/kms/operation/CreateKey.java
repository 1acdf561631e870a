package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;

/** Makes a key. What AWS KMS has and Keyward has not is refused by name. */
final class CreateKey implements Mapping<CreateKeyRequest, CreateKeyResponse> {
    private final Keys keys;

    CreateKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<CreateKeyResponse> form(CreateKeyRequest request, Caller caller) {
        refuseUnsupported(request);
        Keys.NewKey wanted = wanted(request);
        Request.Builder builder = Request.of(Operation.CREATE_KEY, caller).onAccount(Operation.CREATE_KEY.action());
        if (!wanted.tags().isEmpty()) {
            builder.onAccount(Operation.TAG_RESOURCE.action()).requestTags(wanted.tags());
        }
        return builder.condition(ConditionKey.KEY_SPEC, wanted.spec())
                .condition(ConditionKey.CUSTOMER_MASTER_KEY_SPEC, wanted.spec())
                .condition(ConditionKey.KEY_USAGE, wanted.usage())
                .condition(ConditionKey.CUSTOMER_MASTER_KEY_USAGE, wanted.usage())
                .condition(ConditionKey.KEY_ORIGIN, wanted.origin())
                .condition(ConditionKey.MULTI_REGION, false)
                .condition(ConditionKey.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK, request.bypassPolicyLockoutSafetyCheck())
                .performs((call, on) -> {
                    KeyRecord key = keys.create(call, wanted);
                    call.created().add(key.arn());
                    return CreateKeyResponse.builder()
                            .keyMetadata(Metadata.of(key, call.now()))
                            .build();
                });
    }

    private static void refuseUnsupported(CreateKeyRequest request) {
        Unsupported.refuseIf(Boolean.TRUE.equals(request.multiRegion()), "MultiRegion");
        Unsupported.refuseIf(request.customKeyStoreId() != null, "CustomKeyStoreId");
        Unsupported.refuseIf(request.xksKeyId() != null, "XksKeyId");
    }

    private static Keys.NewKey wanted(CreateKeyRequest request) {
        KeySpec spec = spec(request);
        return new Keys.NewKey(
                spec,
                usage(request, spec),
                origin(request, spec),
                Optional.ofNullable(request.description()).orElse(""),
                request.policy(),
                Boolean.TRUE.equals(request.bypassPolicyLockoutSafetyCheck()),
                TagPairs.of(request.tags()));
    }

    @SuppressWarnings("deprecation") // AWS KMS still takes the former name
    private static KeySpec spec(CreateKeyRequest request) {
        String formerName = request.customerMasterKeySpecAsString();
        if (formerName == null) {
            return Unsupported.orElse("KeySpec", request.keySpecAsString(), KeySpec.class, KeySpec.SYMMETRIC_DEFAULT);
        }
        if (request.keySpecAsString() != null) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                            + "CustomerMasterKeySpec is deprecated.");
        }
        return Unsupported.orElse("CustomerMasterKeySpec", formerName, KeySpec.class, KeySpec.SYMMETRIC_DEFAULT);
    }

    private static KeyUsage usage(CreateKeyRequest request, KeySpec spec) {
        if (request.keyUsageAsString() == null && spec != KeySpec.SYMMETRIC_DEFAULT) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
        }
        KeyUsage usage =
                Unsupported.orElse("KeyUsage", request.keyUsageAsString(), KeyUsage.class, KeyUsage.ENCRYPT_DECRYPT);
        if (!spec.usages().contains(usage)) {
            throw new KeywardException(
                    ErrorCode.VALIDATION, "KeyUsage %s is not compatible with KeySpec %s".formatted(usage, spec));
        }
        return usage;
    }

    private static Origin origin(CreateKeyRequest request, KeySpec spec) {
        Origin origin = Unsupported.orElse("Origin", request.originAsString(), Origin.class, Origin.AWS_KMS);
        if (origin == Origin.EXTERNAL && spec.wrappingAlgorithms().isEmpty()) {
            throw new KeywardException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "Origin EXTERNAL is not supported for KeySpec %s.".formatted(spec));
        }
        return origin;
    }
}
