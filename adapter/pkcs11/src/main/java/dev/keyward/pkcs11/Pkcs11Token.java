package dev.keyward.pkcs11;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
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
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenInformation;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Connection;
import dev.keyward.pkcs11.session.MechanismDescription;
import dev.keyward.pkcs11.session.Reconnector;
import dev.keyward.pkcs11.session.Reconnector.Repeat;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenDescription;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A token behind a PKCS#11 library. This class only delegates: to the key families of the connection that is alive.
 * Calls block in native code, so they belong on platform threads.
 */
public final class Pkcs11Token implements Token {
    private static final int MAXIMUM_RANDOM_BYTES = 64 * 1024;

    private final String name;
    private final HsmProfile profile;
    private final Pkcs11Library library;
    private final Reconnector<LiveToken> live;
    private final TokenInformation information;

    private Pkcs11Token(
            Pkcs11Configuration configuration,
            Pkcs11Library library,
            Reconnector<LiveToken> live,
            TokenInformation information) {
        this.name = configuration.name();
        this.profile = configuration.profile();
        this.library = library;
        this.live = live;
        this.information = information;
    }

    /**
     * Loads the library, finds the token and logs in.
     *
     * @throws TokenException with {@link Reason#UNAVAILABLE} if any of this fails; a refused PIN is not tried again
     * @throws IllegalArgumentException if the configuration is wrong; the message is one line
     */
    public static Pkcs11Token open(Pkcs11Configuration configuration) {
        HsmProfile profile = configuration.profile();
        try {
            Pkcs11Library library = Libraries.open(profile, configuration.library(), configuration.directory());
            try {
                Slots slots = new Slots(library.cryptoki());
                TokenDescription token = slots.find(configuration.selector());
                Set<Long> mechanisms = slots.mechanisms(token.slot()).stream()
                        .map(MechanismDescription::code)
                        .collect(Collectors.toUnmodifiableSet());
                Capabilities capabilities = new Capabilities(profile, mechanisms);
                Reconnector<LiveToken> live = new Reconnector<>(
                        () -> new LiveToken(profile, capabilities, mechanisms, connect(configuration, library)),
                        configuration.pin().isUnattended());
                TokenInformation information = new TokenInformation(
                        configuration.name(),
                        token.label(),
                        token.serialNumber(),
                        token.manufacturer(),
                        token.model(),
                        profile.name(),
                        capabilities.all());
                return new Pkcs11Token(configuration, library, live, information);
            } catch (RuntimeException | Error e) {
                library.close();
                throw e;
            }
        } catch (Pkcs11Exception e) {
            throw new TokenException(Reason.UNAVAILABLE, "opening the token: " + e.getMessage(), e);
        }
    }

    private static Connection connect(Pkcs11Configuration configuration, Pkcs11Library library) {
        int allowed = configuration.profile().sessions().maximum() - 1; // one is the keeper's
        return Connection.open(
                library.cryptoki(),
                configuration.selector(),
                configuration.pin(),
                Math.min(configuration.maximumSessions(), allowed),
                configuration.sessionWait());
    }

    @Override
    public TokenInformation information() {
        return information;
    }

    @Override
    public MaterialReference reference(MaterialName material) {
        return ObjectName.of(
                        material,
                        profile.id().maximumLengthBytes(),
                        profile.label().maximumLengthBytes())
                .reference(name);
    }

    @Override
    public void generate(MaterialReference reference, KeySpec spec) {
        run(Repeat.UNSAFE, reference, token -> token.generation().secretKey(reference, spec));
    }

    @Override
    public void generateKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        run(Repeat.UNSAFE, reference, token -> token.generation().keyPair(reference, spec, usage));
    }

    @Override
    public byte[] publicKey(MaterialReference reference, KeySpec spec) {
        return call(Repeat.SAFE, reference, token -> token.publicKeys().encoded(reference, spec));
    }

    @Override
    public boolean holds(MaterialReference reference) {
        return call(Repeat.SAFE, reference, token -> token.holds(reference));
    }

    @Override
    public void destroy(MaterialReference reference) {
        run(Repeat.SAFE, reference, token -> token.destroy(reference));
    }

    @Override
    public void forgetSubkeys(MaterialReference reference) {
        run(Repeat.SAFE, reference, token -> token.subkeys().forget(reference));
    }

    @Override
    public SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        return call(
                Repeat.SAFE, reference, token -> token.symmetricKeys().encrypt(reference, associatedData, plaintext));
    }

    @Override
    public byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        return call(Repeat.SAFE, reference, token -> token.symmetricKeys().decrypt(reference, associatedData, message));
    }

    @Override
    public byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        return call(Repeat.SAFE, reference, token -> token.macKeys().mac(reference, algorithm, message));
    }

    @Override
    public byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        return call(
                Repeat.SAFE,
                reference,
                token -> token.agreementKeys().deriveSharedSecret(reference, spec, publicPoint));
    }

    @Override
    public byte[] encryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext) {
        return call(Repeat.SAFE, reference, token -> token.oaepKeys().encrypt(reference, spec, algorithm, plaintext));
    }

    @Override
    public byte[] decryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        return call(Repeat.SAFE, reference, token -> token.oaepKeys().decrypt(reference, spec, algorithm, ciphertext));
    }

    @Override
    public byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        return call(Repeat.SAFE, reference, token -> token.signingKeys().sign(reference, spec, algorithm, digest));
    }

    @Override
    public boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        return call(
                Repeat.SAFE,
                reference,
                token -> token.signingKeys().verify(reference, spec, algorithm, digest, signature));
    }

    @Override
    public byte[] random(int lengthBytes) {
        if (lengthBytes < 1 || lengthBytes > MAXIMUM_RANDOM_BYTES) {
            throw new TokenException(Reason.FAILED, "random bytes are drawn 1 to 65536 at a time, not " + lengthBytes);
        }
        return call(Repeat.SAFE, token -> token.random(lengthBytes));
    }

    @Override
    public byte[] generateWrappingKey(MaterialReference reference, int modulusBits) {
        return call(Repeat.UNSAFE, reference, token -> token.wrappingKeys().generate(reference, modulusBits));
    }

    @Override
    public UnwrapPlace unwrapPlace(WrappingAlgorithm algorithm, KeySpec spec) {
        return call(Repeat.SAFE, token -> token.importing().place(algorithm, spec));
    }

    @Override
    public MaterialId identify(WrappedMaterial material, KeyId key) {
        return call(
                Repeat.SAFE, material.wrappingKey(), token -> token.importing().identify(material, key));
    }

    @Override
    public UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference target) {
        requireOurs(material.wrappingKey());
        return call(Repeat.UNSAFE, target, token -> token.importing().unwrap(material, usage, target));
    }

    @Override
    public List<TokenObject> objects(InstallationId installation) {
        return call(Repeat.SAFE, token -> token.objects(name, installation));
    }

    /**
     * Puts a certificate beside each of Keyward's key pairs that has none, if Java knows its kind: other PKCS#11 software
     * shows no private key without. It goes with the key when that is destroyed.
     *
     * @return the labels of those that got one
     * @throws TokenException if the token refuses
     */
    public List<String> addCertificates() {
        return call(Repeat.SAFE, token -> token.certificates().addMissing());
    }

    @Override
    public void close() {
        live.close();
        library.close();
    }

    private void run(Repeat repeat, MaterialReference reference, Consumer<LiveToken> action) {
        MaterialReference done = call(repeat, reference, token -> {
            action.accept(token);
            return reference;
        });
        assert done.equals(reference);
    }

    private <T> T call(Repeat repeat, MaterialReference reference, Function<LiveToken, T> action) {
        requireOurs(reference);
        return call(repeat, action);
    }

    private <T> T call(Repeat repeat, Function<LiveToken, T> action) {
        try {
            return live.call(repeat, action);
        } catch (Pkcs11Exception e) {
            throw Failures.translate(e);
        }
    }

    private void requireOurs(MaterialReference reference) {
        if (!reference.token().equals(name)) {
            throw new TokenException(Reason.FAILED, reference + " is not of token " + name);
        }
    }
}
