package dev.keyward.sunpkcs11;

import dev.keyward.sunpkcs11.KeyEntries.Pair;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * Tries whether a private key and the public key of its certificate belong together. A certificate can be put into many
 * tokens by whoever can open them, PIN or not; were it believed, Verify would accept a stranger's signatures. Thread-safe.
 */
final class PairCheck {
    private static final int CHALLENGE_LENGTH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Provider provider;

    PairCheck(Provider provider) {
        this.provider = provider;
    }

    /** Whether they do, as far as a use of the private key shows: a signature, or an agreement if it does not sign. */
    boolean belongTogether(Pair pair) {
        byte[] challenge = new byte[CHALLENGE_LENGTH_BYTES];
        RANDOM.nextBytes(challenge);
        try {
            Optional<byte[]> signature = signature(pair, challenge);
            return signature.isPresent()
                    ? RawSignature.verify(pair.publicKey(), challenge, signature.get())
                    : pair.publicKey() instanceof ECPublicKey curved && agrees(pair, curved);
        } catch (GeneralSecurityException | ProviderException e) {
            throw Failures.translate("trying a key pair", e);
        }
    }

    /** Nothing if the key is on a curve and does not sign. */
    private Optional<byte[]> signature(Pair pair, byte[] challenge) throws GeneralSecurityException {
        try {
            return Optional.of(RawSignature.sign(provider, pair.privateKey(), challenge));
        } catch (InvalidKeyException | ProviderException e) {
            if (pair.privateKey().getAlgorithm().equals("EC")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean agrees(Pair pair, ECPublicKey publicKey) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(publicKey.getParams());
        KeyPair passing = generator.generateKeyPair();
        KeyAgreement inToken = KeyAgreement.getInstance("ECDH", provider);
        inToken.init(pair.privateKey());
        inToken.doPhase(passing.getPublic(), true);
        KeyAgreement onHost = KeyAgreement.getInstance("ECDH");
        onHost.init(passing.getPrivate());
        onHost.doPhase(publicKey, true);
        return MessageDigest.isEqual(inToken.generateSecret(), onHost.generateSecret());
    }
}
