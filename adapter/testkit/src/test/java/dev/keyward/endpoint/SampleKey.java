package dev.keyward.endpoint;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * A key in a state, with everything that an operation could want to find at it: an alias, a tag, a grant, a ciphertext
 * from when it could be used.
 *
 * @param id its key id
 * @param arn its ARN
 * @param alias the name of its alias
 * @param grantId of its grant
 * @param grantToken of its grant
 * @param ciphertext made under it, with no encryption context
 * @param importing a request that imports its material once more; for a generated key, one that was made for another key
 */
record SampleKey(
        String id,
        String arn,
        String alias,
        String grantId,
        String grantToken,
        SdkBytes ciphertext,
        ImportKeyMaterialRequest importing) {
    static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");
    static final String TAG = "stage";

    private static final byte[] MATERIAL = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** What brings a usable key into a state, by the state. */
    private static final Map<KeyState, Step> STEPS = Map.of(
            KeyState.ENABLED, (kms, id) -> {},
            KeyState.DISABLED, (kms, id) -> kms.disableKey(request -> request.keyId(id)),
            KeyState.PENDING_DELETION, (kms, id) -> kms.scheduleKeyDeletion(request -> request.keyId(id)),
            KeyState.PENDING_IMPORT, (kms, id) -> kms.deleteImportedKeyMaterial(request -> request.keyId(id)));

    @FunctionalInterface
    private interface Step {
        void take(KmsClient kms, String id);
    }

    /** Makes key after key. Not thread-safe. */
    static final class Maker {
        private final KmsClient kms;
        private final String principal;
        private final @Nullable String policy;
        private final Set<GrantOperation> granted;
        private @Nullable ImportKeyMaterialRequest foreign;

        /** @param principal the ARN of whom grants are for: to decrypt */
        Maker(KmsClient kms, String principal) {
            this(kms, principal, null, Set.of(GrantOperation.DECRYPT));
        }

        /**
         * @param principal the ARN of whom grants are for
         * @param policy the keys' policy; null for the default one
         * @param granted what grants allow
         */
        Maker(KmsClient kms, String principal, @Nullable String policy, Set<GrantOperation> granted) {
            this.kms = kms;
            this.principal = principal;
            this.policy = policy;
            this.granted = granted;
        }

        /** A fresh key of that origin in that state. */
        SampleKey make(Origin origin, KeyState state) {
            KeyMetadata key = kms.createKey(request -> request.origin(OriginType.fromValue(origin.name()))
                            .policy(policy)
                            .tags(Tag.builder().tagKey(TAG).tagValue("test").build()))
                    .keyMetadata();
            ImportKeyMaterialRequest importing =
                    origin == Origin.EXTERNAL ? withoutExpiry(key.keyId()) : foreignRequest(key.keyId());
            if (origin == Origin.EXTERNAL) {
                kms.importKeyMaterial(importing);
            }
            String alias = freshAlias();
            kms.createAlias(request -> request.aliasName(alias).targetKeyId(key.keyId()));
            CreateGrantResponse grant = kms.createGrant(request -> request.keyId(key.keyId())
                    .granteePrincipal(principal)
                    .retiringPrincipal(principal)
                    .operations(granted));
            SdkBytes ciphertext = kms.encrypt(
                            request -> request.keyId(key.keyId()).plaintext(PLAINTEXT))
                    .ciphertextBlob();
            Objects.requireNonNull(STEPS.get(state)).take(kms, key.keyId());
            return new SampleKey(
                    key.keyId(), key.arn(), alias, grant.grantId(), grant.grantToken(), ciphertext, importing);
        }

        private ImportKeyMaterialRequest withoutExpiry(String keyId) {
            return Imports.request(kms, keyId, MATERIAL)
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                    .build();
        }

        private ImportKeyMaterialRequest foreignRequest(String keyId) {
            if (foreign == null) {
                foreign = withoutExpiry(kms.createKey(request -> request.origin(OriginType.EXTERNAL))
                        .keyMetadata()
                        .keyId());
            }
            return foreign.toBuilder().keyId(keyId).build();
        }
    }

    /** The ARN of its alias, which names it from other accounts too. */
    String aliasArn() {
        return arn.substring(0, arn.lastIndexOf(':') + 1) + alias;
    }

    /** The name of an alias that does not exist yet. */
    static String freshAlias() {
        return "alias/sample-" + NUMBERS.incrementAndGet();
    }
}
