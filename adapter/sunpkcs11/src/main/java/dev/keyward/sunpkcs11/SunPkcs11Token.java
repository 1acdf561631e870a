package dev.keyward.sunpkcs11;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyAgreementAlgorithm;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
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
import java.security.AuthProvider;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;

/**
 * A token behind SunPKCS11. It does what the JDK's public API can do with keys of a token, and refuses the rest, which {@link
 * Gap} lists. Messages are encrypted under the keys themselves. A token that goes away is not connected to again: SunPKCS11
 * needs a new JVM for that. Calls block in native code, so they belong on platform threads. Thread-safe.
 */
public final class SunPkcs11Token implements Token {
    private static final int MAXIMUM_RANDOM_BYTES = 64 * 1024;

    /** A {@link MaterialName}'s label, which another engine would give alone, and its object id. */
    private static final Pattern OWN_NAME =
            Pattern.compile("keyward:[^:]+:([^:]+:[0-9a-f]{64}|service:[^:]+:[0-9]+):[0-9a-f]{64}");

    private final SunPkcs11Configuration configuration;
    private final AuthProvider provider;
    private final TokenInformation information;
    private final SecureRandom random;
    private final KeyEntries entries;
    private final KeyGeneration generation;
    private final SecretKeys secretKeys;
    private final KeyPairs keyPairs;

    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private SunPkcs11Token(SunPkcs11Configuration configuration, AuthProvider provider) {
        this.configuration = configuration;
        this.provider = provider;
        SunPkcs11Configuration.Description token = configuration.token();
        this.information = new TokenInformation(
                configuration.name(),
                token.label(),
                token.serialNumber(),
                token.manufacturer(),
                token.model(),
                configuration.profile(),
                SecretKeys.encryptWith(provider) ? Set.of(TokenCapability.ENCRYPT_DIRECTLY) : Set.of());
        this.random = Failures.translated("drawing random bytes", () -> SecureRandom.getInstance("PKCS11", provider));
        this.entries = new KeyEntries(provider);
        this.generation =
                new KeyGeneration(section -> provider(configuration, section), configuration.certificates(), entries);
        this.secretKeys = new SecretKeys(provider, entries, random);
        this.keyPairs = new KeyPairs(provider, entries);
    }

    /**
     * Has SunPKCS11 load the library, and logs in.
     *
     * @throws TokenException with {@link Reason#UNAVAILABLE} if any of this fails; a refused PIN is not tried again
     * @throws IllegalArgumentException if the configuration is wrong; the message is one line
     */
    public static SunPkcs11Token open(SunPkcs11Configuration configuration) {
        AuthProvider provider = provider(configuration, ProviderText.sharedSecrets());
        logIn(provider, configuration.pin());
        return new SunPkcs11Token(configuration, provider);
    }

    private static AuthProvider provider(SunPkcs11Configuration configuration, String sections) {
        String text = ProviderText.head(
                        "Keyward",
                        configuration.library().toAbsolutePath().toString(),
                        configuration.slot(),
                        configuration.initialisation())
                + sections;
        Provider unconfigured = Security.getProvider("SunPKCS11");
        if (unconfigured == null) {
            throw new IllegalArgumentException(
                    "this JVM has no SunPKCS11: it is not among the providers of java.security");
        }
        try {
            return (AuthProvider) unconfigured.configure("--" + text); // "--": what follows is no file's name
        } catch (InvalidParameterException | ProviderException | UnsupportedOperationException e) {
            throw Failures.unavailable("SunPKCS11 cannot use the token", e);
        }
    }

    private static void logIn(AuthProvider provider, Supplier<char[]> pin) {
        try {
            provider.login(null, callbacks -> {
                for (Callback callback : callbacks) {
                    if (!(callback instanceof PasswordCallback asked)) {
                        throw new UnsupportedCallbackException(callback);
                    }
                    char[] read = pin.get();
                    asked.setPassword(read); // it keeps a copy, and SunPKCS11 clears that
                    Arrays.fill(read, ' ');
                }
            });
        } catch (LoginException e) {
            throw Failures.unavailable("logging in", e);
        }
    }

    /** Whether an object of that name is found for certain: this engine can look at labels alone. */
    static boolean isOwn(ObjectName name) {
        return Arrays.equals(name.id(), name.labelBytes());
    }

    @Override
    public TokenInformation information() {
        return information;
    }

    /** Its label says everything, and its id is the same, since the key store gives private keys the label for an id. */
    @Override
    public MaterialReference reference(MaterialName material) {
        String name = material.label() + ":" + material.objectId();
        if (name.length() > Math.min(configuration.maximumIdBytes(), configuration.maximumLabelBytes())) {
            throw new TokenException(
                    Reason.UNSUPPORTED,
                    "the engine sunpkcs11 needs ids and labels of " + name.length() + " bytes, which tokens of profile "
                            + configuration.profile() + " have no room for");
        }
        return new ObjectName(name.getBytes(StandardCharsets.US_ASCII), name).reference(configuration.name());
    }

    @Override
    public void generate(MaterialReference reference, KeySpec spec) {
        run(reference, () -> generation.secretKey(reference, spec));
    }

    @Override
    public void generateKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        Gap.requireNone(Gap.of(spec, usage));
        run(reference, () -> generation.keyPair(reference, spec, usage));
    }

    @Override
    public byte[] publicKey(MaterialReference reference, KeySpec spec) {
        return call(reference, () -> keyPairs.publicKey(reference, spec));
    }

    @Override
    public boolean holds(MaterialReference reference) {
        return call(reference, () -> entries.holds(reference));
    }

    @Override
    public void destroy(MaterialReference reference) {
        run(reference, () -> entries.destroy(reference));
    }

    /** There are none. */
    @Override
    public void forgetSubkeys(MaterialReference reference) {
        run(reference, () -> {});
    }

    @Override
    public SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        return call(reference, () -> secretKeys.encrypt(reference, associatedData, plaintext));
    }

    @Override
    public byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        return call(reference, () -> secretKeys.decrypt(reference, associatedData, message));
    }

    @Override
    public byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        return call(reference, () -> secretKeys.mac(reference, algorithm, message));
    }

    @Override
    public byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        Gap.requireNone(Gap.of(spec));
        Gap.requireNone(Gap.of(KeyAgreementAlgorithm.ECDH));
        return call(reference, () -> keyPairs.deriveSharedSecret(reference, spec, publicPoint));
    }

    @Override
    public byte[] encryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext) {
        throw Gap.OAEP.refusal();
    }

    @Override
    public byte[] decryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        throw Gap.OAEP.refusal();
    }

    @Override
    public byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        Gap.requireNone(Gap.of(spec));
        return call(reference, () -> keyPairs.sign(reference, spec, algorithm, digest));
    }

    @Override
    public boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        Gap.requireNone(Gap.of(spec));
        return call(reference, () -> keyPairs.verify(reference, spec, algorithm, digest, signature));
    }

    @Override
    public byte[] random(int lengthBytes) {
        if (lengthBytes < 1 || lengthBytes > MAXIMUM_RANDOM_BYTES) {
            throw new TokenException(Reason.FAILED, "random bytes are drawn 1 to 65536 at a time, not " + lengthBytes);
        }
        return call(() -> Failures.translated("drawing random bytes", () -> {
            byte[] bytes = new byte[lengthBytes];
            random.nextBytes(bytes);
            return bytes;
        }));
    }

    @Override
    public byte[] generateWrappingKey(MaterialReference reference, int modulusBits) {
        throw Gap.IMPORT.refusal();
    }

    @Override
    public UnwrapPlace unwrapPlace(WrappingAlgorithm algorithm, KeySpec spec) {
        throw Gap.IMPORT.refusal();
    }

    @Override
    public MaterialId identify(WrappedMaterial material, KeyId key) {
        throw Gap.IMPORT.refusal();
    }

    @Override
    public UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference target) {
        throw Gap.IMPORT.refusal();
    }

    /** Of those that another engine has named the id cannot be seen, and so not the reference. */
    @Override
    public List<TokenObject> objects(InstallationId installation) {
        String prefix = MaterialName.labelPrefix(installation);
        return call(() -> entries.aliases().stream()
                .filter(alias ->
                        alias.startsWith(prefix) && OWN_NAME.matcher(alias).matches())
                .map(alias -> new TokenObject(
                        alias,
                        new ObjectName(alias.getBytes(StandardCharsets.US_ASCII), alias)
                                .reference(configuration.name())))
                .toList());
    }

    @Override
    public void close() {
        Lock alone = lifetime.writeLock();
        alone.lock();
        try {
            if (!closed) {
                closed = true;
                provider.logout();
            }
        } catch (LoginException e) {
            throw Failures.unavailable("logging out", e);
        } finally {
            alone.unlock();
        }
    }

    private void run(MaterialReference reference, Runnable action) {
        MaterialReference done = call(reference, () -> {
            action.run();
            return reference;
        });
        assert done.equals(reference);
    }

    private <T> T call(MaterialReference reference, Supplier<T> action) {
        if (!reference.token().equals(configuration.name())) {
            throw new TokenException(Reason.FAILED, reference + " is not of token " + configuration.name());
        }
        return call(action);
    }

    private <T> T call(Supplier<T> action) {
        Lock shared = lifetime.readLock();
        shared.lock();
        try {
            if (closed) {
                throw new TokenException(Reason.UNAVAILABLE, "the token is closed");
            }
            return action.get();
        } finally {
            shared.unlock();
        }
    }
}
