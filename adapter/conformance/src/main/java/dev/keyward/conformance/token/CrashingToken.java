package dev.keyward.conformance.token;

import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenInformation;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A token whose process dies at its n-th call that changes something ({@link #generate}, {@link #generateKeyPair},
 * {@link #destroy}, {@link #generateWrappingKey}, {@link #unwrap}), either before or after the token acted. Once dead it stays dead: every later
 * call is cut off too, since a dead process cleans nothing up. The token inside goes on living, for the next process.
 *
 * <p>Run the work once with {@link #NEVER} and read {@link #changes()} to learn how many crash points there are.
 */
public final class CrashingToken implements Token {
    /** A crash point that is never reached. */
    public static final int NEVER = 0;

    /** On which side of the token's act the process dies. */
    public enum Side {
        BEFORE,
        AFTER
    }

    private final Token token;
    private final int crashAt;
    private final Side side;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean dead = new AtomicBoolean();

    /**
     * @param token what acts
     * @param crashAt the number of the changing call that is cut off, from 1, or {@link #NEVER}
     * @param side whether that call still acts
     */
    public CrashingToken(Token token, int crashAt, Side side) {
        this.token = token;
        this.crashAt = crashAt;
        this.side = side;
    }

    /** Dies before the {@code crashAt}-th changing call acts. */
    public CrashingToken(Token token, int crashAt) {
        this(token, crashAt, Side.BEFORE);
    }

    /** How many changing calls there have been. */
    public int changes() {
        return changes.get();
    }

    @Override
    public TokenInformation information() {
        return unlessDead("information", token::information);
    }

    @Override
    public MaterialReference reference(MaterialName name) {
        return unlessDead("reference", () -> token.reference(name));
    }

    @Override
    public void generate(MaterialReference reference, KeySpec spec) {
        change("generate", () -> {
            token.generate(reference, spec);
            return reference;
        });
    }

    @Override
    public void generateKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        change("generateKeyPair", () -> {
            token.generateKeyPair(reference, spec, usage);
            return reference;
        });
    }

    @Override
    public byte[] publicKey(MaterialReference reference, KeySpec spec) {
        return unlessDead("publicKey", () -> token.publicKey(reference, spec));
    }

    @Override
    public boolean holds(MaterialReference reference) {
        return unlessDead("holds", () -> token.holds(reference));
    }

    @Override
    public void destroy(MaterialReference reference) {
        change("destroy", () -> {
            token.destroy(reference);
            return reference;
        });
    }

    @Override
    public void forgetSubkeys(MaterialReference reference) {
        unlessDead("forgetSubkeys", () -> {
            token.forgetSubkeys(reference);
            return reference;
        });
    }

    @Override
    public SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        return unlessDead("encrypt", () -> token.encrypt(reference, associatedData, plaintext));
    }

    @Override
    public byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        return unlessDead("decrypt", () -> token.decrypt(reference, associatedData, message));
    }

    @Override
    public byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        return unlessDead("mac", () -> token.mac(reference, algorithm, message));
    }

    @Override
    public byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        return unlessDead("deriveSharedSecret", () -> token.deriveSharedSecret(reference, spec, publicPoint));
    }

    @Override
    public byte[] encryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext) {
        return unlessDead("encryptOaep", () -> token.encryptOaep(reference, spec, algorithm, plaintext));
    }

    @Override
    public byte[] decryptOaep(
            MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        return unlessDead("decryptOaep", () -> token.decryptOaep(reference, spec, algorithm, ciphertext));
    }

    @Override
    public byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        return unlessDead("sign", () -> token.sign(reference, spec, algorithm, digest));
    }

    @Override
    public boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        return unlessDead("verify", () -> token.verify(reference, spec, algorithm, digest, signature));
    }

    @Override
    public byte[] random(int lengthBytes) {
        return unlessDead("random", () -> token.random(lengthBytes));
    }

    @Override
    public byte[] generateWrappingKey(MaterialReference reference, int modulusBits) {
        return change("generateWrappingKey", () -> token.generateWrappingKey(reference, modulusBits));
    }

    @Override
    public UnwrapPlace unwrapPlace(WrappingAlgorithm algorithm, KeySpec spec) {
        return unlessDead("unwrapPlace", () -> token.unwrapPlace(algorithm, spec));
    }

    @Override
    public MaterialId identify(WrappedMaterial material, KeyId key) {
        return unlessDead("identify", () -> token.identify(material, key));
    }

    @Override
    public UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference target) {
        return change("unwrap", () -> token.unwrap(material, usage, target));
    }

    @Override
    public List<TokenObject> objects(InstallationId installation) {
        return unlessDead("objects", () -> token.objects(installation));
    }

    /** Leaves the token inside open: a crash closes nothing, and whoever made it closes it. */
    @Override
    public void close() {}

    private <T> T change(String call, Supplier<T> act) {
        unlessDead(call, () -> call);
        boolean crashes = changes.incrementAndGet() == crashAt;
        if (crashes && side == Side.BEFORE) {
            throw die(call);
        }
        T result = act.get();
        if (crashes) {
            throw die(call);
        }
        return result;
    }

    private <T> T unlessDead(String call, Supplier<T> act) {
        if (dead.get()) {
            throw new SimulatedCrash(call + " after the crash");
        }
        return act.get();
    }

    private SimulatedCrash die(String call) {
        dead.set(true);
        return new SimulatedCrash(side + " call " + crashAt + ", " + call);
    }
}
