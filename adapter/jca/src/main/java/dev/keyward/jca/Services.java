package dev.keyward.jca;

import java.security.Key;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/** The provider's services, one row each. */
final class Services {
    private static final Class<?> NO_KEY = Void.class;
    private static final Class<?> SECRET = KmsSecretKey.class;
    private static final Class<?> RSA = KmsRsaPrivateKey.class;
    private static final Class<?> EC = KmsEcPrivateKey.class;
    private static final Class<?> ED = KmsEdPrivateKey.class;

    /** @param keys the class of the keys that it takes; {@link #NO_KEY} if it takes none */
    private record Row(String type, String algorithm, Class<?> keys, Function<KmsConnection, Object> implementation) {}

    // spotless:off
    private static final List<Row> ROWS = List.of(
        new Row("KeyStore",         "Keyward",                               NO_KEY, KmsKeyStoreSpi::new),
        new Row("SecureRandom",     "KMS",                                   NO_KEY, KmsSecureRandomSpi::new),
        new Row("KeyGenerator",     "KMS",                                   NO_KEY, kms -> new KmsKeyGeneratorSpi(kms, KeySpec.SYMMETRIC_DEFAULT, 256)),
        new Row("KeyGenerator",     "HmacSHA224",                            NO_KEY, kms -> new KmsKeyGeneratorSpi(kms, KeySpec.HMAC_224, 224)),
        new Row("KeyGenerator",     "HmacSHA256",                            NO_KEY, kms -> new KmsKeyGeneratorSpi(kms, KeySpec.HMAC_256, 256)),
        new Row("KeyGenerator",     "HmacSHA384",                            NO_KEY, kms -> new KmsKeyGeneratorSpi(kms, KeySpec.HMAC_384, 384)),
        new Row("KeyGenerator",     "HmacSHA512",                            NO_KEY, kms -> new KmsKeyGeneratorSpi(kms, KeySpec.HMAC_512, 512)),
        new Row("KeyPairGenerator", "RSA",                                   NO_KEY, KmsKeyPairGeneratorSpi::rsa),
        new Row("KeyPairGenerator", "EC",                                    NO_KEY, KmsKeyPairGeneratorSpi::ellipticCurve),
        new Row("KeyPairGenerator", "Ed25519",                               NO_KEY, KmsKeyPairGeneratorSpi::edwardsCurve),
        new Row("KeyPairGenerator", "EdDSA",                                 NO_KEY, KmsKeyPairGeneratorSpi::edwardsCurve),
        new Row("KeyFactory",       "RSA",                                   NO_KEY, kms -> new KmsKeyFactorySpi(kms, "RSA")),
        new Row("KeyFactory",       "EC",                                    NO_KEY, kms -> new KmsKeyFactorySpi(kms, "EC")),
        new Row("KeyFactory",       "Ed25519",                               NO_KEY, kms -> new KmsKeyFactorySpi(kms, "EdDSA")),
        new Row("KeyFactory",       "EdDSA",                                 NO_KEY, kms -> new KmsKeyFactorySpi(kms, "EdDSA")),
        new Row("Cipher",           "KMS",                                   SECRET, KmsBlobCipherSpi::new),
        new Row("Cipher",           "RSA/ECB/OAEPPadding",                   RSA,    KmsOaepCipherSpi::withAnyDigest),
        new Row("Cipher",           "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",   RSA,    KmsOaepCipherSpi::withSha1),
        new Row("Cipher",           "RSA/ECB/OAEPWithSHA1AndMGF1Padding",    RSA,    KmsOaepCipherSpi::withSha1),
        new Row("Cipher",           "RSA/ECB/OAEPWithSHA-256AndMGF1Padding", RSA,    KmsOaepCipherSpi::withSha256),
        new Row("KeyAgreement",     "ECDH",                                  EC,     KmsKeyAgreementSpi::new),
        new Row("Mac",              "HmacSHA224",                            SECRET, kms -> new KmsMacSpi(kms, "HmacSHA224", MacAlgorithmSpec.HMAC_SHA_224, 28)),
        new Row("Mac",              "HmacSHA256",                            SECRET, kms -> new KmsMacSpi(kms, "HmacSHA256", MacAlgorithmSpec.HMAC_SHA_256, 32)),
        new Row("Mac",              "HmacSHA384",                            SECRET, kms -> new KmsMacSpi(kms, "HmacSHA384", MacAlgorithmSpec.HMAC_SHA_384, 48)),
        new Row("Mac",              "HmacSHA512",                            SECRET, kms -> new KmsMacSpi(kms, "HmacSHA512", MacAlgorithmSpec.HMAC_SHA_512, 64)),
        new Row("Signature",        "SHA256withRSA",                         RSA,    kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.RSASSA_PKCS1_V1_5_SHA_256)),
        new Row("Signature",        "SHA384withRSA",                         RSA,    kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.RSASSA_PKCS1_V1_5_SHA_384)),
        new Row("Signature",        "SHA512withRSA",                         RSA,    kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.RSASSA_PKCS1_V1_5_SHA_512)),
        new Row("Signature",        "RSASSA-PSS",                            RSA,    KmsSignatureSpi::withPssParameters),
        new Row("Signature",        "SHA256withECDSA",                       EC,     kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.ECDSA_SHA_256)),
        new Row("Signature",        "SHA384withECDSA",                       EC,     kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.ECDSA_SHA_384)),
        new Row("Signature",        "SHA512withECDSA",                       EC,     kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.ECDSA_SHA_512)),
        new Row("Signature",        "SHA256withECDSAinP1363Format",          EC,     kms -> KmsSignatureSpi.inP1363Format(kms, SignatureAlgorithm.ECDSA_SHA_256)),
        new Row("Signature",        "SHA384withECDSAinP1363Format",          EC,     kms -> KmsSignatureSpi.inP1363Format(kms, SignatureAlgorithm.ECDSA_SHA_384)),
        new Row("Signature",        "SHA512withECDSAinP1363Format",          EC,     kms -> KmsSignatureSpi.inP1363Format(kms, SignatureAlgorithm.ECDSA_SHA_512)),
        new Row("Signature",        "Ed25519",                               ED,     kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.ED25519_SHA_512)),
        new Row("Signature",        "EdDSA",                                 ED,     kms -> KmsSignatureSpi.of(kms, SignatureAlgorithm.ED25519_SHA_512)));
    // spotless:on

    private Services() {}

    /** All of them, over a connection. */
    static List<Provider.Service> of(Provider provider, KmsConnection connection) {
        return ROWS.stream()
                .map(row -> (Provider.Service) new RowService(provider, connection, row))
                .toList();
    }

    /** One row, as Java asks for it. Of keys, it takes only those of its own connection: so Java finds the provider by the key. */
    private static final class RowService extends Provider.Service {
        private final KmsConnection connection;
        private final Row row;

        RowService(Provider provider, KmsConnection connection, Row row) {
            super(
                    provider,
                    row.type(),
                    row.algorithm(),
                    KeywardProvider.class.getName(),
                    List.of(),
                    row.keys() == NO_KEY
                            ? Map.of()
                            : Map.of("SupportedKeyClasses", row.keys().getName()));
            this.connection = connection;
            this.row = row;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return row.implementation().apply(connection);
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return parameter instanceof Key key && row.keys().isInstance(key) && connection.isOf(key);
        }
    }
}
