package dev.keyward.sunpkcs11;

import dev.keyward.sunpkcs11.KeyEntries.Pair;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
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
        try {
            return signs(pair) || (pair.publicKey() instanceof ECPublicKey curved && agrees(pair, curved));
        } catch (GeneralSecurityException | ProviderException e) {
            throw Failures.translate("trying a key pair", e);
        }
    }

    private boolean signs(Pair pair) throws GeneralSecurityException {
        byte[] challenge = new byte[CHALLENGE_LENGTH_BYTES];
        RANDOM.nextBytes(challenge);
        String algorithm = pair.privateKey().getAlgorithm();
        try {
            byte[] signature = RawSignature.sign(provider, pair.privateKey(), challenge);
            return RawSignature.verify(pair.publicKey(), challenge, signature);
        } catch (InvalidKeyException | ProviderException notForSigning) {
            if (algorithm.equals("EC")) {
                return false;
            }
            throw notForSigning;
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
        PublicKey shown = publicKey;
        onHost.doPhase(shown, true);
        return MessageDigest.isEqual(inToken.generateSecret(), onHost.generateSecret());
    }
}
