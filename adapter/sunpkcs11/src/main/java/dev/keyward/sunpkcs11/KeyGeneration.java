package dev.keyward.sunpkcs11;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.function.Function;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * Makes long-lived keys in the token. SunPKCS11 takes an object's attributes from its configuration alone, so each key is made
 * by a provider of its own, which is configured with that key's name and uses and is dropped afterwards. Thread-safe; one key
 * is made at a time, so that nobody else takes its name meanwhile.
 */
final class KeyGeneration {
    private final Function<String, Provider> providers;
    private final CertificateMaker certificates;
    private final KeyEntries entries;

    /** @param providers makes a provider for the token, of sections of SunPKCS11's configuration */
    KeyGeneration(Function<String, Provider> providers, CertificateMaker certificates, KeyEntries entries) {
        this.providers = providers;
        this.certificates = certificates;
        this.entries = entries;
    }

    /** Generates a secret key, by one call of the token: it is there as a whole or not at all. */
    void secretKey(MaterialReference reference, KeySpec spec) {
        String made = entries.making(() -> makeSecretKey(reference, spec));
        assert made.equals(ObjectName.of(reference).label());
    }

    private String makeSecretKey(MaterialReference reference, KeySpec spec) {
        String name = freeName(reference);
        Provider provider = providers.apply(ProviderText.secretKey(
                name, spec.type() == KeyType.AES ? List.of("ENCRYPT", "DECRYPT") : List.of("SIGN")));
        SecretKey key = Failures.translated("generating a key of spec " + spec, () -> {
            KeyGenerator generator = KeyGenerator.getInstance(algorithm(spec), provider);
            generator.init(spec.lengthBits());
            return generator.generateKey();
        });
        if (key.getEncoded() != null) {
            entries.destroy(reference);
            throw leaves(name);
        }
        return name;
    }

    /**
     * Generates a key pair as session objects, and has the key store copy the private one into the token and put a
     * certificate beside it. Of a pair whose certificate cannot be written, a private key may stay that SunPKCS11 neither
     * shows nor removes.
     */
    void keyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        String made = entries.making(() -> makeKeyPair(reference, spec, usage));
        assert made.equals(ObjectName.of(reference).label());
    }

    private String makeKeyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        String name = freeName(reference);
        Provider provider =
                providers.apply(ProviderText.keyPair(name, usage == KeyUsage.KEY_AGREEMENT ? "DERIVE" : "SIGN"));
        return Failures.translated("generating a key pair of spec " + spec, () -> {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(spec.type() == KeyType.RSA ? "RSA" : "EC", provider);
            generator.initialize(parameters(spec));
            KeyPair pair = generator.generateKeyPair();
            if (pair.getPrivate().getEncoded() != null) {
                throw leaves(name);
            }
            byte[] certificate = certificates.certify(pair.getPublic().getEncoded(), name);
            Certificate[] chain = {
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate))
            };
            store(provider).setKeyEntry(name, pair.getPrivate(), null, chain);
            return name;
        });
    }

    private static TokenException leaves(String name) {
        return new TokenException(
                Reason.FAILED, "the token makes keys that leave it, whatever it is asked for: " + name);
    }

    private static KeyStore store(Provider provider) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("reading the token's objects", e);
        }
        return store;
    }

    /** The name under which an object is going to be found. */
    private String freeName(MaterialReference reference) {
        ObjectName name = ObjectName.of(reference);
        if (!SunPkcs11Token.isOwn(name)) {
            throw new TokenException(
                    Reason.FAILED,
                    "the engine sunpkcs11 makes no object with a CKA_ID and a CKA_LABEL" + " that differ: "
                            + name.label());
        }
        if (entries.holds(reference)) {
            throw new TokenException(Reason.OBJECT_EXISTS, "the token holds " + name.label() + " already");
        }
        return name.label();
    }

    private static String algorithm(KeySpec spec) {
        return spec.type() == KeyType.AES
                ? "AES"
                : jcaName((MacAlgorithm) spec.algorithms().getFirst());
    }

    /** An algorithm's name in JCA. */
    static String jcaName(MacAlgorithm algorithm) {
        return switch (algorithm) {
            case HMAC_SHA_224 -> "HmacSHA224";
            case HMAC_SHA_256 -> "HmacSHA256";
            case HMAC_SHA_384 -> "HmacSHA384";
            case HMAC_SHA_512 -> "HmacSHA512";
        };
    }

    private static AlgorithmParameterSpec parameters(KeySpec spec) {
        return spec.curve()
                .<AlgorithmParameterSpec>map(curve -> new ECGenParameterSpec(curve.objectIdentifier()))
                .orElseGet(() -> new RSAKeyGenParameterSpec(spec.lengthBits(), RSAKeyGenParameterSpec.F4));
    }
}
