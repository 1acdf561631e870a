package dev.keyward.conformance.token;

import dev.keyward.contract.WrappingAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** The client's half of an import. Stateless. */
public final class Wrapping {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ONE_TIME_KEY_BYTES = 32;

    private Wrapping() {}

    /** Wraps material for whoever has the private half of that key. */
    public static byte[] wrap(WrappingAlgorithm algorithm, byte[] subjectPublicKeyInfo, byte[] material) {
        if (!algorithm.viaAesKey()) {
            return oaep(algorithm, subjectPublicKeyInfo, material);
        }
        byte[] oneTimeKey = new byte[ONE_TIME_KEY_BYTES];
        RANDOM.nextBytes(oneTimeKey);
        RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(true, new KeyParameter(oneTimeKey));
        byte[] wrappedKey = oaep(algorithm, subjectPublicKeyInfo, oneTimeKey);
        byte[] wrappedMaterial = engine.wrap(material, 0, material.length);
        byte[] both = Arrays.copyOf(wrappedKey, wrappedKey.length + wrappedMaterial.length);
        System.arraycopy(wrappedMaterial, 0, both, wrappedKey.length, wrappedMaterial.length);
        return both;
    }

    /** The RSA key in a SubjectPublicKeyInfo. */
    static RSAPublicKey publicKey(byte[] subjectPublicKeyInfo) {
        try {
            return (RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not a SubjectPublicKeyInfo of an RSA key", e);
        }
    }

    private static byte[] oaep(WrappingAlgorithm algorithm, byte[] subjectPublicKeyInfo, byte[] message) {
        Digest digest = algorithm.oaepHash().equals("SHA-1") ? new SHA1Digest() : SHA256Digest.newInstance();
        RSAPublicKey key = publicKey(subjectPublicKeyInfo);
        OAEPEncoding encoding = new OAEPEncoding(new RSABlindedEngine(), digest);
        encoding.init(
                true,
                new ParametersWithRandom(
                        new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()), RANDOM));
        try {
            return encoding.processBlock(message, 0, message.length);
        } catch (InvalidCipherTextException e) {
            throw new AssertionError("encrypting does not fail", e);
        }
    }
}
