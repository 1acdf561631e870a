package dev.keyward.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.boot.EmbeddedKeyward;
import dev.keyward.boot.KeywardConfiguration;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Keyward in a JVM of its own, with the engine that the environment names: uses every key that another process has noted in a
 * file, makes keys, and notes those.
 */
final class EngineProgram {
    private static final SdkBytes MESSAGE = SdkBytes.fromByteArray(Message.bytes());

    private final KmsClient kms;
    private final Properties notes;

    private EngineProgram(KmsClient kms, Properties notes) {
        this.kms = kms;
        this.notes = notes;
    }

    /** Takes the file of notes and the name to make keys under. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Path file = Path.of(arguments[0]);
        Properties notes = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            notes.load(reader);
        }
        KeywardConfiguration configuration = KeywardConfiguration.load(Map.of(), System.getenv(), null);
        try (EmbeddedKeyward keyward = EmbeddedKeyward.open(configuration)) {
            EngineProgram program = new EngineProgram(keyward.kmsClient(keyward.rootArn()), notes);
            List<String> makers = notes.stringPropertyNames().stream()
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .distinct()
                    .toList();
            for (String maker : makers) {
                program.use(maker);
            }
            program.make(arguments[1]);
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            notes.store(writer, null);
        }
    }

    private void make(String maker) throws GeneralSecurityException {
        String symmetric = key(maker, "symmetric", KeySpec.SYMMETRIC_DEFAULT, KeyUsageType.ENCRYPT_DECRYPT);
        note(
                maker,
                "ciphertext",
                kms.encrypt(r -> r.keyId(symmetric).plaintext(MESSAGE)).ciphertextBlob());
        String hmac = key(maker, "hmac", KeySpec.HMAC_256, KeyUsageType.GENERATE_VERIFY_MAC);
        note(maker, "code", code(hmac));
        String rsa = key(maker, "rsa", KeySpec.RSA_2048, KeyUsageType.SIGN_VERIFY);
        note(maker, "rsa.signature", signature(rsa, SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
        note(maker, "rsa.public", publicKey(rsa));
        String ecc = key(maker, "ecc", KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        note(maker, "ecc.signature", signature(ecc, SigningAlgorithmSpec.ECDSA_SHA_256));
        note(maker, "ecc.public", publicKey(ecc));
        String agreement = key(maker, "agreement", KeySpec.ECC_NIST_P384, KeyUsageType.KEY_AGREEMENT);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        note(
                maker,
                "peer",
                SdkBytes.fromByteArray(generator.generateKeyPair().getPublic().getEncoded()));
        note(maker, "agreement.public", publicKey(agreement));
        note(maker, "secret", secret(agreement, noted(maker, "peer")));
    }

    private void use(String maker) throws GeneralSecurityException {
        SdkBytes ciphertext = noted(maker, "ciphertext");
        assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext()).isEqualTo(MESSAGE);
        SdkBytes own = kms.encrypt(r -> r.keyId(id(maker, "symmetric")).plaintext(MESSAGE))
                .ciphertextBlob();
        note(maker, "ciphertext", own);
        assertThat(code(id(maker, "hmac"))).isEqualTo(noted(maker, "code"));
        useSigner(maker, "rsa", SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256, "SHA256withRSA");
        useSigner(maker, "ecc", SigningAlgorithmSpec.ECDSA_SHA_256, "SHA256withECDSA");
        assertThat(publicKey(id(maker, "agreement"))).isEqualTo(noted(maker, "agreement.public"));
        assertThat(secret(id(maker, "agreement"), noted(maker, "peer"))).isEqualTo(noted(maker, "secret"));
    }

    private void useSigner(String maker, String kind, SigningAlgorithmSpec algorithm, String jca)
            throws GeneralSecurityException {
        String key = id(maker, kind);
        SdkBytes theirs = noted(maker, kind + ".signature");
        assertThat(kms.verify(r ->
                                r.keyId(key).message(MESSAGE).signature(theirs).signingAlgorithm(algorithm))
                        .signatureValid())
                .isTrue();
        assertThat(publicKey(key)).isEqualTo(noted(maker, kind + ".public"));
        SdkBytes ours = signature(key, algorithm);
        PublicKey publicKey = KeyFactory.getInstance(kind.equals("rsa") ? "RSA" : "EC")
                .generatePublic(new X509EncodedKeySpec(publicKey(key).asByteArray()));
        Signature verifier = Signature.getInstance(jca);
        verifier.initVerify(publicKey);
        verifier.update(Message.bytes());
        assertThat(verifier.verify(ours.asByteArray())).isTrue();
        note(maker, kind + ".signature", ours);
    }

    private String key(String maker, String kind, KeySpec spec, KeyUsageType usage) {
        String id = kms.createKey(r -> r.keySpec(spec).keyUsage(usage))
                .keyMetadata()
                .keyId();
        notes.setProperty(maker + "." + kind, id);
        return id;
    }

    private SdkBytes code(String key) {
        return kms.generateMac(r -> r.keyId(key).message(MESSAGE).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256))
                .mac();
    }

    private SdkBytes signature(String key, SigningAlgorithmSpec algorithm) {
        return kms.sign(r -> r.keyId(key).message(MESSAGE).signingAlgorithm(algorithm))
                .signature();
    }

    private SdkBytes publicKey(String key) {
        return kms.getPublicKey(r -> r.keyId(key)).publicKey();
    }

    private SdkBytes secret(String key, SdkBytes peer) {
        return kms.deriveSharedSecret(
                        r -> r.keyId(key).publicKey(peer).keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH))
                .sharedSecret();
    }

    private void note(String maker, String what, SdkBytes bytes) {
        notes.setProperty(maker + "." + what, Base64.getEncoder().encodeToString(bytes.asByteArray()));
    }

    private SdkBytes noted(String maker, String what) {
        return SdkBytes.fromByteArray(Base64.getDecoder().decode(id(maker, what)));
    }

    private String id(String maker, String kind) {
        String value = notes.getProperty(maker + "." + kind);
        assertThat(value).as(maker + "." + kind).isNotNull();
        return value;
    }
}
