package dev.keyward.sunpkcs11;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.SigningAlgorithm.Scheme;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.sunpkcs11.KeyEntries.Pair;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** Key pairs: signatures and shared secrets by the token, what needs a public key alone on the host. Thread-safe. */
final class KeyPairs {
    private final Provider provider;
    private final KeyEntries entries;

    KeyPairs(Provider provider, KeyEntries entries) {
        this.provider = provider;
        this.entries = entries;
    }

    byte[] publicKey(MaterialReference reference, KeySpec spec) {
        return entries.usePair(reference, pair -> ofSpec(pair, spec).publicKey().getEncoded());
    }

    byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        byte[] input = input(algorithm, digest);
        return entries.usePair(
                reference,
                pair -> Failures.translated(
                        "signing by " + algorithm,
                        () -> RawSignature.sign(provider, ofSpec(pair, spec).privateKey(), input)));
    }

    boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        byte[] input = input(algorithm, digest);
        return entries.usePair(
                reference,
                pair -> Failures.translated(
                        "verifying by " + algorithm,
                        () -> RawSignature.verify(ofSpec(pair, spec).publicKey(), input, signature)));
    }

    byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        EllipticCurve curve = spec.curve().orElseThrow();
        return entries.usePair(
                reference,
                pair -> Failures.translated("deriving a shared secret", () -> {
                    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
                    agreement.init(ofSpec(pair, spec).privateKey());
                    agreement.doPhase(publicKey(curve, publicPoint), true);
                    return ofFieldLength(agreement.generateSecret(), curve.coordinateLengthBytes());
                }));
    }

    /** What the mechanism takes for a digest. */
    private static byte[] input(SigningAlgorithm algorithm, byte[] digest) {
        Gap.requireNone(Gap.of(algorithm));
        if (digest.length != algorithm.digestLengthBytes()) {
            throw new TokenException(Reason.FAILED, algorithm + " does not sign " + digest.length + " bytes");
        }
        return algorithm.scheme() == Scheme.RSASSA_PKCS1_V1_5 ? digestInfo(algorithm.hash(), digest) : digest;
    }

    /** RFC 8017, section 9.2, note 1: all but the digest is always the same. */
    private static byte[] digestInfo(String hash, byte[] digest) {
        byte[] start = HexFormat.of()
                .parseHex(
                        switch (hash) {
                            case "SHA-256" -> "3031300d060960864801650304020105000420";
                            case "SHA-384" -> "3041300d060960864801650304020205000430";
                            case "SHA-512" -> "3051300d060960864801650304020305000440";
                            default -> throw new IllegalArgumentException("no DigestInfo is known of " + hash);
                        });
        byte[] info = Arrays.copyOf(start, start.length + digest.length);
        System.arraycopy(digest, 0, info, start.length, digest.length);
        return info;
    }

    private static Pair ofSpec(Pair pair, KeySpec spec) {
        boolean fits = switch (pair.publicKey()) {
            case RSAPublicKey rsa -> spec.curve().isEmpty() && rsa.getModulus().bitLength() == spec.lengthBits();
            case ECPublicKey curved ->
                spec.curve().isPresent()
                        && curved.getParams().getCurve().getField().getFieldSize() == spec.lengthBits();
            default -> false;
        };
        if (!fits) {
            throw new TokenException(Reason.FAILED, "the token has no key of spec " + spec + " under that name");
        }
        return pair;
    }

    private static PublicKey publicKey(EllipticCurve curve, byte[] point) throws GeneralSecurityException {
        int lengthBytes = curve.coordinateLengthBytes();
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.objectIdentifier()));
        ECPoint affine = new ECPoint(
                new BigInteger(1, point, 1, lengthBytes), new BigInteger(1, point, 1 + lengthBytes, lengthBytes));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(affine, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /** A secret with the zeros that it begins with, whatever was made of them on the way. */
    private static byte[] ofFieldLength(byte[] secret, int lengthBytes) {
        if (secret.length == lengthBytes) {
            return secret;
        }
        byte[] whole = new byte[lengthBytes];
        int common = Math.min(lengthBytes, secret.length);
        System.arraycopy(secret, secret.length - common, whole, lengthBytes - common, common);
        Arrays.fill(secret, (byte) 0);
        return whole;
    }
}
