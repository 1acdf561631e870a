package dev.keyward.lifecycle;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Token;
import dev.keyward.lifecycle.Request.Call;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes key pairs for use outside of the token. The host makes them, out of the token's random numbers: they are to leave
 * in the clear, so no token would make them any safer. Thread-safe.
 */
public final class DataKeyPairs {
    private final Token token;
    private final Cryptography cryptography;

    DataKeyPairs(Token token, Cryptography cryptography) {
        this.token = token;
        this.cryptography = cryptography;
    }

    /**
     * A pair.
     *
     * @param publicKey the DER of a SubjectPublicKeyInfo
     * @param privateKey the DER of a PKCS#8 PrivateKeyInfo; whoever takes it clears it
     * @param encrypted the private key under the KMS key
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record DataKeyPair(byte[] publicKey, byte[] privateKey, Cryptography.Encrypted encrypted) {
        @Override
        public String toString() {
            return "DataKeyPair[under " + encrypted.material() + "]";
        }
    }

    /**
     * Whether pairs of a spec can be made. Checked while a request is formed.
     *
     * @throws KeywardException with {@link ErrorCode#UNSUPPORTED_OPERATION}
     */
    public static void requireSupported(KeySpec spec) {
        if (parameters(spec).isEmpty()) {
            throw new KeywardException(
                    ErrorCode.UNSUPPORTED_OPERATION, "KeyPairSpec %s is not supported.".formatted(spec));
        }
    }

    /** Makes a pair, and encrypts its private half under the current material of an enabled key. */
    public DataKeyPair generate(Call call, KeyRecord key, KeySpec spec, EncryptionContext context) {
        KeyPair pair = pair(spec);
        byte[] privateKey = pair.getPrivate().getEncoded();
        try {
            Cryptography.Encrypted encrypted =
                    cryptography.encrypt(call, key, EncryptionAlgorithm.SYMMETRIC_DEFAULT, privateKey, context);
            return new DataKeyPair(pair.getPublic().getEncoded(), privateKey, encrypted);
        } catch (RuntimeException failure) {
            Arrays.fill(privateKey, (byte) 0);
            throw failure;
        }
    }

    /** Makes a pair whose private half nobody sees. */
    public DataKeyPair generateWithoutPlaintext(Call call, KeyRecord key, KeySpec spec, EncryptionContext context) {
        DataKeyPair pair = generate(call, key, spec, context);
        Arrays.fill(pair.privateKey(), (byte) 0);
        return pair;
    }

    private KeyPair pair(KeySpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm(spec));
            generator.initialize(parameters(spec).orElseThrow(), new TokenRandom(token));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every JDK makes such pairs
        }
    }

    private static String algorithm(KeySpec spec) {
        return switch (spec.type()) {
            case RSA -> "RSA";
            case ELLIPTIC_CURVE -> "EC";
            case EDWARDS_CURVE -> "Ed25519";
            case AES, HMAC -> throw new IllegalArgumentException(spec + " is no spec of key pairs");
        };
    }

    /** What the JDK calls a spec; nothing for a curve that it has not. */
    private static Optional<AlgorithmParameterSpec> parameters(KeySpec spec) {
        return switch (spec) {
            case RSA_2048, RSA_3072, RSA_4096 ->
                Optional.of(new RSAKeyGenParameterSpec(spec.lengthBits(), RSAKeyGenParameterSpec.F4));
            case ECC_NIST_P256 -> Optional.of(new ECGenParameterSpec("secp256r1"));
            case ECC_NIST_P384 -> Optional.of(new ECGenParameterSpec("secp384r1"));
            case ECC_NIST_P521 -> Optional.of(new ECGenParameterSpec("secp521r1"));
            case ECC_NIST_EDWARDS25519 -> Optional.of(NamedParameterSpec.ED25519);
            case ECC_SECG_P256K1, SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> Optional.empty();
        };
    }
}
