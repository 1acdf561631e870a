package dev.keyward.conformance.token;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenInformation;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A token in this process's memory, for tests that need a correct token and a fast one. Its ciphertexts have the forms
 * that a PKCS#11 token gives them. It derives for each message and keeps no subkey, so {@link #forgetSubkeys} has nothing
 * to drop. Safe for many threads.
 */
public final class InMemoryToken implements Token {
    /** What a token can do that derives and lacks nothing. */
    public static final Set<TokenCapability> DERIVING = Set.copyOf(
            EnumSet.complementOf(EnumSet.of(TokenCapability.ENCRYPT_DIRECTLY, TokenCapability.UNPAD_OAEP_ON_HOST)));

    /** What a token can do that cannot derive: it encrypts under the material itself, and cannot name what it unwraps. */
    public static final Set<TokenCapability> DIRECT = Set.copyOf(EnumSet.of(
            TokenCapability.ENCRYPT_DIRECTLY,
            TokenCapability.GENERATE_WRAPPING_KEYS,
            TokenCapability.UNWRAP_OAEP_SHA_1,
            TokenCapability.UNWRAP_OAEP_SHA_256,
            TokenCapability.UNWRAP_RFC_5649));

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_LENGTH_BYTES = MaterialId.LENGTH_BYTES;
    private static final int MAXIMUM_LENGTH_BYTES = 64 * 1024;
    private static final Set<Integer> MODULUS_BITS = Set.of(2048, 3072, 4096);

    private sealed interface Stored {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record StoredSecret(byte[] material) implements Stored {}

    private record StoredPair(KeyPair pair) implements Stored {}

    private final String name;
    private final Set<TokenCapability> capabilities;
    private final CiphertextForm form;
    private final Map<MaterialReference, Stored> objects;
    private volatile boolean closed;

    /** An empty token of that name in the configuration, which can do what {@link #DERIVING} says. */
    public InMemoryToken(String name) {
        this(name, DERIVING);
    }

    /** An empty token that can do just this. With {@link TokenCapability#DERIVE_SUBKEYS} it never encrypts directly. */
    public InMemoryToken(String name, Set<TokenCapability> capabilities) {
        this(name, Set.copyOf(capabilities), new ConcurrentHashMap<>());
    }

    private InMemoryToken(String name, Set<TokenCapability> capabilities, Map<MaterialReference, Stored> objects) {
        this.name = name;
        this.capabilities = capabilities;
        this.form = capabilities.contains(TokenCapability.DERIVE_SUBKEYS)
                ? CiphertextForm.SP800_108_SUBKEY
                : CiphertextForm.DIRECT;
        this.objects = objects;
    }

    /** A second token with the same objects, which go their own way from here. */
    public InMemoryToken copy() {
        return new InMemoryToken(name, capabilities, new ConcurrentHashMap<>(objects));
    }

    /** The same token as another process sees it: its objects are there, whether or not this one is closed. */
    public InMemoryToken reopened() {
        return new InMemoryToken(name, capabilities, objects);
    }

    @Override
    public TokenInformation information() {
        return new TokenInformation(name, name, "0", "Keyward", "in memory", "in-memory", capabilities);
    }

    @Override
    public MaterialReference reference(MaterialName material) {
        byte[] label = material.label().getBytes(StandardCharsets.US_ASCII);
        byte[] opaque = Arrays.copyOf(material.objectId().bytes(), ID_LENGTH_BYTES + label.length);
        System.arraycopy(label, 0, opaque, ID_LENGTH_BYTES, label.length);
        return new MaterialReference(name, MaterialReference.Residence.TOKEN_OBJECT, opaque);
    }

    @Override
    public void generate(MaterialReference reference, KeySpec spec) {
        add(reference, new StoredSecret(randomBytes(spec.materialLengthBytes())));
    }

    @Override
    public void generateKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        try {
            add(reference, new StoredPair(SoftwareKeyPairs.generate(spec)));
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "generating a key pair", e);
        }
    }

    @Override
    public byte[] publicKey(MaterialReference reference, KeySpec spec) {
        return pair(reference).getPublic().getEncoded();
    }

    @Override
    public boolean holds(MaterialReference reference) {
        return objects.containsKey(ours(reference));
    }

    @Override
    public void destroy(MaterialReference reference) {
        objects.remove(ours(reference));
    }

    @Override
    public void forgetSubkeys(MaterialReference reference) {
        ours(reference);
    }

    @Override
    public SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        byte[] material = secret(reference);
        if (plaintext.length > MAXIMUM_LENGTH_BYTES) {
            throw new TokenException(Reason.FAILED, "a message of " + plaintext.length + " bytes is too long");
        }
        if (form == CiphertextForm.DIRECT) {
            require(TokenCapability.ENCRYPT_DIRECTLY);
        }
        byte[] nonce = randomBytes(form.nonceLengthBytes());
        byte[] iv = randomBytes(CiphertextForm.IV_LENGTH_BYTES);
        byte[] key = ReferenceForms.messageKey(form, material, nonce);
        try {
            return new SealedMessage(form, nonce, iv, gcm(Cipher.ENCRYPT_MODE, key, iv, associatedData, plaintext));
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "encrypting", e);
        }
    }

    @Override
    public byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        byte[] material = secret(reference);
        if (message.form() != form) {
            throw new TokenException(Reason.UNSUPPORTED, "this token cannot read the form " + message.form());
        }
        if (message.nonce().length != form.nonceLengthBytes()
                || message.iv().length != CiphertextForm.IV_LENGTH_BYTES
                || message.ciphertext().length < CiphertextForm.TAG_LENGTH_BYTES) {
            throw new TokenException(Reason.NOT_AUTHENTIC, "not of the form's lengths");
        }
        byte[] key = ReferenceForms.messageKey(form, material, message.nonce());
        try {
            return gcm(Cipher.DECRYPT_MODE, key, message.iv(), associatedData, message.ciphertext());
        } catch (AEADBadTagException e) {
            throw new TokenException(Reason.NOT_AUTHENTIC, "the tag does not match", e);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "decrypting", e);
        }
    }

    @Override
    public byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        byte[] material = secret(reference);
        if (message.length < 1 || message.length > MacAlgorithm.MAXIMUM_MESSAGE_BYTES) {
            throw new TokenException(Reason.FAILED, "a message has 1 to 4096 bytes, not " + message.length);
        }
        try {
            String name = algorithm.name().replace("HMAC_SHA_", "HmacSHA");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(material, name));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "computing a code", e);
        }
    }

    @Override
    public byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        try {
            return SoftwareKeyPairs.agree(pair(reference), publicPoint);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "deriving a shared secret", e);
        }
    }

    @Override
    public byte[] encryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext) {
        KeyPair pair = pair(reference);
        if (plaintext.length > algorithm.maximumPlaintextBytes(spec)) {
            throw new TokenException(Reason.FAILED, "a message of " + plaintext.length + " bytes is too long");
        }
        try {
            return SoftwareKeyPairs.oaep(Cipher.ENCRYPT_MODE, pair.getPublic(), algorithm, plaintext);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "encrypting to a public key", e);
        }
    }

    @Override
    public byte[] decryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        KeyPair pair = pair(reference);
        try {
            return SoftwareKeyPairs.oaep(Cipher.DECRYPT_MODE, pair.getPrivate(), algorithm, ciphertext);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.NOT_AUTHENTIC, "the message could not be decrypted", e);
        }
    }

    @Override
    public byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        KeyPair pair = pair(reference);
        requireDigest(algorithm, digest);
        try {
            return SoftwareKeyPairs.sign(pair.getPrivate(), algorithm, digest);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "signing", e);
        }
    }

    @Override
    public boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        KeyPair pair = pair(reference);
        requireDigest(algorithm, digest);
        try {
            return SoftwareKeyPairs.verify(pair.getPublic(), algorithm, digest, signature);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "verifying", e);
        }
    }

    private static void requireDigest(SigningAlgorithm algorithm, byte[] digest) {
        if (algorithm == SigningAlgorithm.ED25519_PH_SHA_512) {
            throw new TokenException(Reason.UNSUPPORTED, "there is no CKM_EDDSA with phFlag here");
        }
        boolean fits = algorithm.signsMessage()
                ? digest.length >= 1 && digest.length <= MAXIMUM_LENGTH_BYTES
                : digest.length == algorithm.digestLengthBytes();
        if (!fits) {
            throw new TokenException(Reason.FAILED, algorithm + " does not sign " + digest.length + " bytes");
        }
    }

    @Override
    public byte[] random(int lengthBytes) {
        requireOpen();
        if (lengthBytes < 1 || lengthBytes > MAXIMUM_LENGTH_BYTES) {
            throw new TokenException(Reason.FAILED, "random bytes are drawn 1 to 65536 at a time, not " + lengthBytes);
        }
        return randomBytes(lengthBytes);
    }

    @Override
    public byte[] generateWrappingKey(MaterialReference reference, int modulusBits) {
        require(TokenCapability.GENERATE_WRAPPING_KEYS);
        if (!MODULUS_BITS.contains(modulusBits)) {
            throw new TokenException(Reason.FAILED, "a wrapping key has 2048, 3072 or 4096 bits, not " + modulusBits);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(modulusBits);
            KeyPair pair = generator.generateKeyPair();
            add(reference, new StoredPair(pair));
            return pair.getPublic().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "generating a wrapping key", e);
        }
    }

    @Override
    public UnwrapPlace unwrapPlace(WrappingAlgorithm algorithm, KeySpec spec) {
        require(TokenCapability.IDENTIFY_MATERIAL);
        require(TokenCapability.GENERATE_WRAPPING_KEYS);
        if (spec.type() == KeyType.EDWARDS_CURVE) {
            throw new TokenException(Reason.UNSUPPORTED, "there is no import of CKK_EC_EDWARDS keys here");
        }
        if (algorithm.viaAesKey()) {
            require(TokenCapability.UNWRAP_RFC_5649);
        }
        TokenCapability inToken = algorithm.oaepHash().equals("SHA-1")
                ? TokenCapability.UNWRAP_OAEP_SHA_1
                : TokenCapability.UNWRAP_OAEP_SHA_256;
        if (capabilities.contains(inToken)) {
            return UnwrapPlace.TOKEN;
        }
        require(TokenCapability.UNPAD_OAEP_ON_HOST);
        return UnwrapPlace.HOST_UNPADDING;
    }

    @Override
    public MaterialId identify(WrappedMaterial material, KeyId key) {
        return switch (unwrapped(material)) {
            case StoredSecret(byte[] bytes) -> ReferenceForms.identify(form, material.spec(), bytes, key);
            case StoredPair(KeyPair pair) ->
                ReferenceForms.identify(pair.getPublic().getEncoded(), key);
        };
    }

    @Override
    public UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference target) {
        add(target, unwrapped(material));
        return unwrapPlace(material.algorithm(), material.spec());
    }

    @Override
    public List<TokenObject> objects(InstallationId installation) {
        requireOpen();
        List<TokenObject> found = new ArrayList<>();
        for (MaterialReference reference : objects.keySet()) {
            byte[] opaque = reference.opaque();
            String label =
                    new String(opaque, ID_LENGTH_BYTES, opaque.length - ID_LENGTH_BYTES, StandardCharsets.US_ASCII);
            if (label.startsWith(MaterialName.labelPrefix(installation))) {
                found.add(new TokenObject(label, reference));
            }
        }
        return found;
    }

    @Override
    public void close() {
        closed = true;
    }

    private Stored unwrapped(WrappedMaterial material) {
        var _ = unwrapPlace(material.algorithm(), material.spec());
        KeyPair pair = pair(material.wrappingKey());
        WrappingAlgorithm algorithm = material.algorithm();
        try {
            byte[] bytes = algorithm.viaAesKey()
                    ? unwrapViaAesKey(pair, algorithm, material.bytes())
                    : oaep(pair, algorithm, material.bytes());
            if (material.spec().type().isPair()) {
                return new StoredPair(SoftwareKeyPairs.ofPrivateKey(material.spec(), bytes));
            }
            if (bytes.length == material.spec().materialLengthBytes()) {
                return new StoredSecret(bytes);
            }
        } catch (GeneralSecurityException | InvalidCipherTextException e) {
            throw new TokenException(Reason.UNWRAP_FAILED, "the wrapped material is not of its form", e);
        }
        throw new TokenException(Reason.UNWRAP_FAILED, "the wrapped material is not of its spec's length");
    }

    private byte[] unwrapViaAesKey(KeyPair pair, WrappingAlgorithm algorithm, byte[] wrapped)
            throws GeneralSecurityException, InvalidCipherTextException {
        int modulusLengthBytes = (((java.security.interfaces.RSAKey) pair.getPublic())
                                .getModulus()
                                .bitLength()
                        + 7)
                / 8;
        if (wrapped.length <= modulusLengthBytes) {
            throw new TokenException(Reason.UNWRAP_FAILED, "the wrapped material is too short");
        }
        byte[] key = oaep(pair, algorithm, Arrays.copyOf(wrapped, modulusLengthBytes));
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new TokenException(Reason.UNWRAP_FAILED, "what the material is wrapped with is no AES key");
        }
        RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(false, new KeyParameter(key));
        return engine.unwrap(wrapped, modulusLengthBytes, wrapped.length - modulusLengthBytes);
    }

    private static byte[] oaep(KeyPair pair, WrappingAlgorithm algorithm, byte[] wrapped)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                pair.getPrivate(),
                new OAEPParameterSpec(
                        algorithm.oaepHash(),
                        "MGF1",
                        new MGF1ParameterSpec(algorithm.oaepHash()),
                        PSource.PSpecified.DEFAULT));
        return cipher.doFinal(wrapped);
    }

    private static byte[] gcm(int mode, byte[] key, byte[] iv, byte[] associatedData, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(CiphertextForm.TAG_LENGTH_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(associatedData);
        return cipher.doFinal(input);
    }

    private static byte[] randomBytes(int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private void add(MaterialReference reference, Stored object) {
        if (objects.putIfAbsent(ours(reference), object) != null) {
            throw new TokenException(Reason.OBJECT_EXISTS, "there is an object " + reference);
        }
    }

    private byte[] secret(MaterialReference reference) {
        if (objects.get(ours(reference)) instanceof StoredSecret(byte[] material)) {
            return material;
        }
        throw new TokenException(Reason.OBJECT_MISSING, "there is no secret key " + reference);
    }

    private KeyPair pair(MaterialReference reference) {
        if (objects.get(ours(reference)) instanceof StoredPair(KeyPair pair)) {
            return pair;
        }
        throw new TokenException(Reason.OBJECT_MISSING, "there is no key pair " + reference);
    }

    private void require(TokenCapability capability) {
        if (!capabilities.contains(capability)) {
            throw new TokenException(Reason.UNSUPPORTED, "token " + name + " lacks " + capability);
        }
    }

    private MaterialReference ours(MaterialReference reference) {
        requireOpen();
        if (!reference.token().equals(name)) {
            throw new TokenException(Reason.FAILED, reference + " is not of token " + name);
        }
        return reference;
    }

    private void requireOpen() {
        if (closed) {
            throw new TokenException(Reason.UNAVAILABLE, "token " + name + " is closed");
        }
    }
}
