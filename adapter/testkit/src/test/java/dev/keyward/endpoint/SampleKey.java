package dev.keyward.endpoint;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
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
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * A key in a state, with everything that an operation could want to find at it: an alias, a tag, a grant, and what was
 * made with it when it could be used.
 *
 * @param id its key id
 * @param arn its ARN
 * @param alias the name of its alias
 * @param grantId of its grant
 * @param grantToken of its grant
 * @param made with it out of {@link #PLAINTEXT}: a ciphertext with no encryption context, a code or a signature;
 *     of a key that agrees, its public half
 * @param importing a request that imports its material once more; for a generated key, one that was made for another key
 */
record SampleKey(
        String id,
        String arn,
        String alias,
        String grantId,
        String grantToken,
        SdkBytes made,
        ImportKeyMaterialRequest importing) {
    static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");
    static final String TAG = "stage";

    private static final byte[] MATERIAL = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FURTHER_MATERIAL =
            "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRIVATE_KEY =
            KeyMaterial.pair("EC", "secp256r1").getPrivate().getEncoded();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** What an encryption key was used for. */
    SdkBytes ciphertext() {
        return made;
    }

    /** What a key is for, and what is made with it. */
    enum Kind {
        ENCRYPTION(
                KeySpec.SYMMETRIC_DEFAULT,
                KeyUsageType.ENCRYPT_DECRYPT,
                EnumSet.of(
                        GrantOperation.ENCRYPT,
                        GrantOperation.DECRYPT,
                        GrantOperation.GENERATE_DATA_KEY,
                        GrantOperation.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
                        GrantOperation.GENERATE_DATA_KEY_PAIR,
                        GrantOperation.GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT,
                        GrantOperation.RE_ENCRYPT_FROM,
                        GrantOperation.RE_ENCRYPT_TO),
                (kms, id) -> kms.encrypt(request -> request.keyId(id).plaintext(PLAINTEXT))
                        .ciphertextBlob()),
        MAC(
                KeySpec.HMAC_256,
                KeyUsageType.GENERATE_VERIFY_MAC,
                EnumSet.of(GrantOperation.GENERATE_MAC, GrantOperation.VERIFY_MAC),
                (kms, id) -> kms.generateMac(request ->
                                request.keyId(id).message(PLAINTEXT).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256))
                        .mac()),
        SIGNATURE(
                KeySpec.ECC_NIST_P256,
                KeyUsageType.SIGN_VERIFY,
                EnumSet.of(GrantOperation.SIGN, GrantOperation.VERIFY, GrantOperation.GET_PUBLIC_KEY),
                (kms, id) -> kms.sign(request -> request.keyId(id)
                                .message(PLAINTEXT)
                                .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                        .signature()),
        AGREEMENT(
                KeySpec.ECC_NIST_P256,
                KeyUsageType.KEY_AGREEMENT,
                EnumSet.of(GrantOperation.DERIVE_SHARED_SECRET, GrantOperation.GET_PUBLIC_KEY),
                (kms, id) -> kms.getPublicKey(request -> request.keyId(id)).publicKey());

        private static final Set<GrantOperation> OF_ALL_KEYS =
                EnumSet.of(GrantOperation.CREATE_GRANT, GrantOperation.RETIRE_GRANT, GrantOperation.DESCRIBE_KEY);

        private final KeySpec spec;
        private final KeyUsageType usage;
        private final Set<GrantOperation> ownOperations;
        private final Use use;

        Kind(KeySpec spec, KeyUsageType usage, Set<GrantOperation> ownOperations, Use use) {
            this.spec = spec;
            this.usage = usage;
            this.ownOperations = ownOperations;
            this.use = use;
        }

        /** Whether a grant on such a key can allow that. */
        private boolean allows(GrantOperation operation) {
            return ownOperations.contains(operation) || OF_ALL_KEYS.contains(operation);
        }

        /** What such a key is imported from: the same at each call. */
        private byte[] material() {
            return usage == KeyUsageType.SIGN_VERIFY || usage == KeyUsageType.KEY_AGREEMENT ? PRIVATE_KEY : MATERIAL;
        }
    }

    @FunctionalInterface
    private interface Use {
        SdkBytes make(KmsClient kms, String id);
    }

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

        /** @param principal the ARN of whom grants are for: to describe the key, which every kind of key allows */
        Maker(KmsClient kms, String principal) {
            this(kms, principal, null, Set.of(GrantOperation.DESCRIBE_KEY));
        }

        /**
         * @param principal the ARN of whom grants are for
         * @param policy the keys' policy; null for the default one
         * @param granted what grants allow, as far as the kind of the key permits it
         */
        Maker(KmsClient kms, String principal, @Nullable String policy, Set<GrantOperation> granted) {
            this.kms = kms;
            this.principal = principal;
            this.policy = policy;
            this.granted = granted;
        }

        /** A fresh symmetric encryption key of that origin in that state. */
        SampleKey make(Origin origin, KeyState state) {
            return make(Kind.ENCRYPTION, origin, state);
        }

        /** A fresh key of that kind, of that origin, in that state. */
        SampleKey make(Kind kind, Origin origin, KeyState state) {
            KeyMetadata key = kms.createKey(request -> request.keySpec(kind.spec)
                            .keyUsage(kind.usage)
                            .origin(OriginType.fromValue(origin.name()))
                            .policy(policy)
                            .tags(Tag.builder().tagKey(TAG).tagValue("test").build()))
                    .keyMetadata();
            ImportKeyMaterialRequest importing = origin == Origin.EXTERNAL
                    ? withoutExpiry(key.keyId(), kind.material())
                    : foreignRequest(key.keyId());
            if (origin == Origin.EXTERNAL) {
                kms.importKeyMaterial(importing);
            }
            if (origin == Origin.EXTERNAL && kind == Kind.ENCRYPTION) {
                importForRotation(key.keyId());
            }
            String alias = freshAlias();
            kms.createAlias(request -> request.aliasName(alias).targetKeyId(key.keyId()));
            CreateGrantResponse grant = kms.createGrant(request -> request.keyId(key.keyId())
                    .granteePrincipal(principal)
                    .retiringPrincipal(principal)
                    .operations(granted.stream().filter(kind::allows).toList()));
            SdkBytes made = kind.use.make(kms, key.keyId());
            Objects.requireNonNull(STEPS.get(state)).take(kms, key.keyId());
            return new SampleKey(key.keyId(), key.arn(), alias, grant.grantId(), grant.grantToken(), made, importing);
        }

        /** What waits for a rotation makes no difference to anything but that. */
        private void importForRotation(String keyId) {
            kms.importKeyMaterial(Imports.request(kms, keyId, FURTHER_MATERIAL)
                    .importType(ImportType.NEW_KEY_MATERIAL)
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                    .build());
        }

        private ImportKeyMaterialRequest withoutExpiry(String keyId, byte[] material) {
            return Imports.request(kms, keyId, material)
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                    .build();
        }

        private ImportKeyMaterialRequest foreignRequest(String keyId) {
            if (foreign == null) {
                foreign = withoutExpiry(
                        kms.createKey(request -> request.origin(OriginType.EXTERNAL))
                                .keyMetadata()
                                .keyId(),
                        MATERIAL);
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
