package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.ListedPrincipals;
import dev.keyward.conformance.MovableClock;
import dev.keyward.conformance.store.InMemoryMetadataStore;
import dev.keyward.conformance.token.InMemoryToken;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Origin;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.lifecycle.Imports.ImportType;
import dev.keyward.lifecycle.Imports.Material;
import dev.keyward.lifecycle.Imports.Parameters;
import dev.keyward.lifecycle.Request.Work;
import dev.keyward.lifecycle.Signatures.MessageType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/** A lifecycle on a store and a token that outlive it, as a process's do, and what a client would do with it. */
final class Fixture {
    static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    static final EncryptionContext CONTEXT = new EncryptionContext(Map.of("purpose", "test"));

    final MovableClock clock = new MovableClock();
    final InMemoryMetadataStore store;
    final InMemoryToken token;
    final List<AuditEvent> audited = new CopyOnWriteArrayList<>();

    Fixture() {
        this(InMemoryToken.DERIVING);
    }

    Fixture(Set<TokenCapability> capabilities) {
        this(new InMemoryMetadataStore(), new InMemoryToken("test", capabilities));
    }

    private Fixture(InMemoryMetadataStore store, InMemoryToken token) {
        this.store = store;
        this.token = token;
    }

    /** A second store and token with the same rows and objects, at the time at which clocks begin. */
    Fixture copy() {
        return new Fixture(store.copy(), token.copy());
    }

    /** A process that works on this store and token. */
    Running start() {
        return start(store, token);
    }

    /** A process that works on them through something that gets in the way. */
    Running start(MetadataStore throughStore, Token throughToken) {
        return new Running(new Lifecycle(
                clock,
                throughStore,
                throughToken,
                new AuditSink() {
                    @Override
                    public void write(AuditEvent event) {
                        audited.add(event);
                    }

                    @Override
                    public void close() {}
                },
                new ListedPrincipals()));
    }

    static Caller caller(String account) {
        return new Caller(
                new Scope(new AccountId(account), new Region("us-east-1")),
                new CallerIdentity.RootUser(new AccountId(account)),
                "AKIAEXAMPLE",
                "127.0.0.1",
                "tests/1.0",
                "request-1",
                true);
    }

    /** One running lifecycle, and requests to it as a client of account 111122223333 makes them. */
    record Running(Lifecycle lifecycle) {
        static final Caller CALLER = caller("111122223333");

        <R> R request(Operation operation, @Nullable String keyId, Work<R> work) {
            return requestAs(CALLER, operation, keyId, work);
        }

        <R> R requestAs(Caller caller, Operation operation, @Nullable String keyId, Work<R> work) {
            return lifecycle.path().handle(caller, operation.awsName(), () -> {
                Request.Builder request = Request.of(operation, caller);
                if (keyId != null) {
                    request.onKey(keyId, CONTEXT);
                }
                return request.performs(work);
            });
        }

        KeyRecord create(Origin origin) {
            return create(KeySpec.SYMMETRIC_DEFAULT, KeyUsage.ENCRYPT_DECRYPT, origin);
        }

        KeyRecord create(KeySpec spec, KeyUsage usage, Origin origin) {
            return request(
                    Operation.CREATE_KEY,
                    null,
                    (call, none) -> lifecycle
                            .keys()
                            .create(
                                    call,
                                    new Keys.NewKey(spec, usage, origin, "", null, false, new LinkedHashMap<>())));
        }

        /** Uses a key for what it is for, with the material that it has. */
        void requireUsable(String keyId) {
            byte[] message = "used".getBytes(StandardCharsets.US_ASCII);
            KeyUsage usage = request(
                    Operation.DESCRIBE_KEY, keyId, (call, on) -> on.key().usage());
            switch (usage) {
                case ENCRYPT_DECRYPT ->
                    assertThat(decrypt(encrypt(keyId, message))).isEqualTo(message);
                case GENERATE_VERIFY_MAC ->
                    request(Operation.VERIFY_MAC, keyId, (call, on) -> {
                        MacAlgorithm algorithm = MacAlgorithm.HMAC_SHA_256;
                        byte[] code = lifecycle.macs().generate(on.key(), algorithm, message);
                        lifecycle.macs().requireValid(on.key(), algorithm, message, code);
                        return true;
                    });
                case SIGN_VERIFY ->
                    request(Operation.VERIFY, keyId, (call, on) -> {
                        SigningAlgorithm algorithm = SigningAlgorithm.ECDSA_SHA_256;
                        MessageType type = MessageType.RAW;
                        byte[] signature = lifecycle.signatures().sign(on.key(), algorithm, type, message);
                        lifecycle.signatures().requireValid(on.key(), algorithm, type, message, signature);
                        return true;
                    });
                case KEY_AGREEMENT -> throw new IllegalArgumentException("no key here is for " + usage);
            }
        }

        byte[] encrypt(String keyId, byte[] plaintext) {
            return request(
                    Operation.ENCRYPT,
                    keyId,
                    (call, on) -> lifecycle
                            .cryptography()
                            .encrypt(call, on.key(), EncryptionAlgorithm.SYMMETRIC_DEFAULT, plaintext, CONTEXT)
                            .blob());
        }

        byte[] decrypt(byte[] blob) {
            return decrypt(blob, CONTEXT);
        }

        byte[] decrypt(byte[] blob, EncryptionContext context) {
            return lifecycle
                    .path()
                    .handle(
                            CALLER,
                            "Decrypt",
                            () -> Request.of(Operation.DECRYPT, CALLER)
                                    .onCiphertext(blob, null, context, Operation.DECRYPT.action())
                                    .performs((call, on) -> lifecycle
                                            .cryptography()
                                            .decrypt(call, on, context)
                                            .plaintext()));
        }

        KeyState state(String keyId) {
            return request(
                    Operation.DESCRIBE_KEY,
                    keyId,
                    (call, on) -> lifecycle.keys().state(call, on.key()));
        }

        Parameters parameters(String keyId) {
            return request(
                    Operation.GET_PARAMETERS_FOR_IMPORT,
                    keyId,
                    (call, on) ->
                            lifecycle.imports().parameters(call, on.key(), WrappingAlgorithm.RSAES_OAEP_SHA_256, 2048));
        }

        MaterialId importMaterial(String keyId, byte[] material, @Nullable Instant validTo) {
            Parameters parameters = parameters(keyId);
            return importMaterial(keyId, parameters, wrap(parameters.publicKey(), material), validTo);
        }

        /** Imports a further material, which waits for its rotation. */
        MaterialId importNewMaterial(String keyId, byte[] material, @Nullable Instant validTo) {
            Parameters parameters = parameters(keyId);
            byte[] wrapped = wrap(parameters.publicKey(), material);
            return importMaterial(keyId, parameters, wrapped, validTo, ImportType.NEW_KEY_MATERIAL);
        }

        MaterialId importMaterial(String keyId, Parameters parameters, byte[] wrapped, @Nullable Instant validTo) {
            return importMaterial(keyId, parameters, wrapped, validTo, null);
        }

        private MaterialId importMaterial(
                String keyId,
                Parameters parameters,
                byte[] wrapped,
                @Nullable Instant validTo,
                @Nullable ImportType type) {
            ExpirationModel model = validTo == null
                    ? ExpirationModel.KEY_MATERIAL_DOES_NOT_EXPIRE
                    : ExpirationModel.KEY_MATERIAL_EXPIRES;
            return request(
                    Operation.IMPORT_KEY_MATERIAL,
                    keyId,
                    (call, on) -> lifecycle
                            .imports()
                            .importMaterial(
                                    call,
                                    on.key(),
                                    new Material(parameters.importToken(), wrapped, model, validTo, type, null, null)));
        }

        void deleteMaterial(String keyId) {
            deleteMaterial(keyId, null);
        }

        void deleteMaterial(String keyId, @Nullable MaterialId material) {
            request(Operation.DELETE_IMPORTED_KEY_MATERIAL, keyId, (call, on) -> {
                lifecycle.imports().deleteMaterial(call, on.key(), material);
                return true;
            });
        }

        void rotateOnDemand(String keyId) {
            request(Operation.ROTATE_KEY_ON_DEMAND, keyId, (call, on) -> {
                lifecycle.rotation().onDemand(call, on.key());
                return true;
            });
        }

        void disable(String keyId) {
            request(Operation.DISABLE_KEY, keyId, (call, on) -> {
                lifecycle.keys().disable(on.key());
                return true;
            });
        }

        void enable(String keyId) {
            request(Operation.ENABLE_KEY, keyId, (call, on) -> {
                lifecycle.keys().enable(on.key());
                return true;
            });
        }

        void scheduleDeletion(String keyId) {
            request(
                    Operation.SCHEDULE_KEY_DELETION,
                    keyId,
                    (call, on) -> lifecycle.keys().scheduleDeletion(call, on.key(), 7));
        }

        void cancelDeletion(String keyId) {
            request(Operation.CANCEL_KEY_DELETION, keyId, (call, on) -> {
                lifecycle.keys().cancelDeletion(on.key());
                return true;
            });
        }

        void enableRotation(String keyId, int periodDays) {
            request(Operation.ENABLE_KEY_ROTATION, keyId, (call, on) -> {
                lifecycle.rotation().enable(call, on.key(), periodDays);
                return true;
            });
        }

        List<KeyId> keys() {
            return request(
                            Operation.LIST_KEYS,
                            null,
                            (call, none) -> lifecycle.keys().list(call, null, 1000))
                    .items();
        }
    }

    /** What an AWS client does with the public key of GetParametersForImport. */
    static byte[] wrap(byte[] publicKey, byte[] material) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey)),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(material);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
