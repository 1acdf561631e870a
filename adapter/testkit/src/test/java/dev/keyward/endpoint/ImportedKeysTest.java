package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.IncorrectKeyMaterialException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/** HMAC, RSA and ECC keys that clients made and import into a SoftHSM token, over HTTP. */
@ExtendWith(KeywardExtension.class)
class ImportedKeysTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");

    private final LocalKeyward keyward;
    private final KmsClient kms;

    @TempDir
    private Path directory;

    ImportedKeysTest(LocalKeyward keyward) {
        this.keyward = keyward;
        this.kms = keyward.kms();
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_224, 28, HMAC_SHA_224, HmacSHA224, RSAES_OAEP_SHA_1",
        "HMAC_256, 32, HMAC_SHA_256, HmacSHA256, RSAES_OAEP_SHA_256",
        "HMAC_384, 48, HMAC_SHA_384, HmacSHA384, RSAES_OAEP_SHA_1",
        "HMAC_512, 64, HMAC_SHA_512, HmacSHA512, RSAES_OAEP_SHA_256"
    })
    void codesAreThoseThatTheJdkComputes(
            String spec, int lengthBytes, String algorithm, String name, WrappingAlgorithm wrapping)
            throws GeneralSecurityException {
        byte[] material = KeyMaterial.secret(lengthBytes);
        String key = imported(spec, "GENERATE_VERIFY_MAC", material, wrapping);

        SdkBytes code = kms.generateMac(
                        request -> request.keyId(key).message(MESSAGE).macAlgorithm(algorithm))
                .mac();

        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(material, name));
        assertThat(code.asByteArray()).isEqualTo(mac.doFinal(MESSAGE.asByteArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048,      RSA, 2048,      RSASSA_PKCS1_V1_5_SHA_256, SHA256withRSA,   RSA_AES_KEY_WRAP_SHA_256",
        "RSA_3072,      RSA, 3072,      RSASSA_PKCS1_V1_5_SHA_384, SHA384withRSA,   RSA_AES_KEY_WRAP_SHA_1",
        "RSA_4096,      RSA, 4096,      RSASSA_PKCS1_V1_5_SHA_512, SHA512withRSA,   RSA_AES_KEY_WRAP_SHA_256",
        "ECC_NIST_P256, EC,  secp256r1, ECDSA_SHA_256,             SHA256withECDSA, RSAES_OAEP_SHA_256",
        "ECC_NIST_P384, EC,  secp384r1, ECDSA_SHA_384,             SHA384withECDSA, RSAES_OAEP_SHA_1",
        "ECC_NIST_P521, EC,  secp521r1, ECDSA_SHA_512,             SHA512withECDSA, RSA_AES_KEY_WRAP_SHA_256"
    })
    void signaturesAreThoseOfTheKeyThatWasImported(
            String spec, String algorithm, String size, String signing, String name, WrappingAlgorithm wrapping)
            throws GeneralSecurityException {
        KeyPair pair = KeyMaterial.pair(algorithm, size);
        String key = imported(spec, "SIGN_VERIFY", pair.getPrivate().getEncoded(), wrapping);
        assertThat(publicKey(key)).isEqualTo(pair.getPublic().getEncoded());

        SdkBytes signature = kms.sign(
                        request -> request.keyId(key).message(MESSAGE).signingAlgorithm(signing))
                .signature();

        Signature verifier = Signature.getInstance(name);
        verifier.initVerify(pair.getPublic());
        verifier.update(MESSAGE.asByteArray());
        assertThat(verifier.verify(signature.asByteArray())).isTrue();
        Signature signer = Signature.getInstance(name);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE.asByteArray());
        SdkBytes outside = SdkBytes.fromByteArray(signer.sign());
        assertThat(kms.verify(request -> request.keyId(key)
                                .message(MESSAGE)
                                .signature(outside)
                                .signingAlgorithm(signing))
                        .signatureValid())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "SHA-256"})
    void whatWasEncryptedOutsideIsDecrypted(String hash) throws GeneralSecurityException {
        KeyPair pair = KeyMaterial.pair("RSA", "2048");
        String key = imported(
                "RSA_2048",
                "ENCRYPT_DECRYPT",
                pair.getPrivate().getEncoded(),
                WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_256);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                pair.getPublic(),
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        SdkBytes ciphertext = SdkBytes.fromByteArray(cipher.doFinal(MESSAGE.asByteArray()));

        assertThat(kms.decrypt(request -> request.keyId(key)
                                .ciphertextBlob(ciphertext)
                                .encryptionAlgorithm("RSAES_OAEP_" + hash.replace('-', '_')))
                        .plaintext())
                .isEqualTo(MESSAGE);
    }

    @Test
    void aSharedSecretIsThatOfTheKeyThatWasImported() throws GeneralSecurityException {
        KeyPair pair = KeyMaterial.pair("EC", "secp384r1");
        KeyPair other = KeyMaterial.pair("EC", "secp384r1");
        String key = imported(
                "ECC_NIST_P384", "KEY_AGREEMENT", pair.getPrivate().getEncoded(), WrappingAlgorithm.RSAES_OAEP_SHA_256);

        SdkBytes secret = kms.deriveSharedSecret(request -> request.keyId(key)
                        .publicKey(SdkBytes.fromByteArray(other.getPublic().getEncoded()))
                        .keyAgreementAlgorithm("ECDH"))
                .sharedSecret();

        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(other.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        assertThat(secret.asByteArray()).isEqualTo(agreement.generateSecret());
    }

    /** The curve that the JDK lacks, all of it by OpenSSL, the wrapping too. */
    @ParameterizedTest
    @ValueSource(strings = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
    void opensslMakesWrapsAndVerifies(String wrapping) {
        OpenSsl openssl = new OpenSsl(directory);
        openssl.run(List.of(
                "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-out", "private.pem"));
        openssl.run(
                List.of("pkcs8", "-topk8", "-nocrypt", "-in", "private.pem", "-outform", "DER", "-out", "private.der"));
        openssl.run(List.of("pkey", "-in", "private.der", "-pubout", "-outform", "DER", "-out", "public.der"));
        String key = create("ECC_SECG_P256K1", "SIGN_VERIFY");
        GetParametersForImportResponse parameters = kms.getParametersForImport(
                request -> request.keyId(key).wrappingAlgorithm(wrapping).wrappingKeySpec("RSA_3072"));
        openssl.write("wrapping.der", parameters.publicKey().asByteArray());
        String hash = wrapping.endsWith("256") ? "sha256" : "sha1";
        openssl.run(List.of(
                "pkeyutl",
                "-encrypt",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                "wrapping.der",
                "-in",
                "private.der",
                "-out",
                "wrapped",
                "-pkeyopt",
                "rsa_padding_mode:oaep",
                "-pkeyopt",
                "rsa_oaep_md:" + hash,
                "-pkeyopt",
                "rsa_mgf1_md:" + hash));

        kms.importKeyMaterial(request -> request.keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(SdkBytes.fromByteArray(openssl.read("wrapped")))
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));

        assertThat(publicKey(key)).isEqualTo(openssl.read("public.der"));
        SdkBytes signature = kms.sign(
                        request -> request.keyId(key).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"))
                .signature();
        openssl.write("message", MESSAGE.asByteArray());
        openssl.write("signature", signature.asByteArray());
        assertThat(openssl.run(List.of(
                        "dgst",
                        "-sha256",
                        "-verify",
                        "public.der",
                        "-keyform",
                        "DER",
                        "-signature",
                        "signature",
                        "message")))
                .contains("Verified OK");
    }

    /** A key with something to come back and something to be refused, and what nothing but its material can do. */
    enum Kind {
        MAC("HMAC_384", "GENERATE_VERIFY_MAC", WrappingAlgorithm.RSAES_OAEP_SHA_1) {
            @Override
            byte[] material() {
                return KeyMaterial.secret(48);
            }

            @Override
            void use(KmsClient kms, String key) {
                kms.generateMac(request -> request.keyId(key).message(MESSAGE).macAlgorithm("HMAC_SHA_384"));
            }
        },
        RSA("RSA_2048", "SIGN_VERIFY", WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_1) {
            @Override
            byte[] material() {
                return KeyMaterial.pair("RSA", "2048").getPrivate().getEncoded();
            }

            @Override
            void use(KmsClient kms, String key) {
                kms.sign(request -> request.keyId(key).message(MESSAGE).signingAlgorithm("RSASSA_PSS_SHA_256"));
            }
        },
        ECC("ECC_NIST_P256", "SIGN_VERIFY", WrappingAlgorithm.RSAES_OAEP_SHA_256) {
            @Override
            byte[] material() {
                return KeyMaterial.pair("EC", "secp256r1").getPrivate().getEncoded();
            }

            @Override
            void use(KmsClient kms, String key) {
                kms.getPublicKey(request -> request.keyId(key));
            }
        };

        private final String spec;
        private final String usage;
        private final WrappingAlgorithm wrapping;

        Kind(String spec, String usage, WrappingAlgorithm wrapping) {
            this.spec = spec;
            this.usage = usage;
            this.wrapping = wrapping;
        }

        abstract byte[] material();

        abstract void use(KmsClient kms, String key);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSameMaterialComesBackAndNoOther(Kind kind) {
        String key = create(kind.spec, kind.usage);
        byte[] material = kind.material();
        assertThat(describe(key).keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(describe(key).expirationModel()).isNull();
        requirePendingImport(() -> kind.use(kms, key), key);

        ImportKeyMaterialResponse imported = importForGood(key, material, kind.wrapping);

        assertThat(imported.keyMaterialId()).isNull();
        KeyMetadata whole = describe(key);
        assertThat(whole.keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(whole.expirationModel()).isEqualTo(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
        assertThat(whole.currentKeyMaterialId()).isNull();
        kind.use(kms, key);
        importForGood(key, material, kind.wrapping); // once more, while it is there
        kind.use(kms, key);

        assertThat(kms.deleteImportedKeyMaterial(request -> request.keyId(key)).keyMaterialId())
                .isNull();
        assertThat(describe(key).keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(describe(key).expirationModel()).isNull();
        assertThat(describe(key).currentKeyMaterialId()).isNull();
        requirePendingImport(() -> kind.use(kms, key), key);
        assertThatThrownBy(() -> importForGood(key, kind.material(), kind.wrapping))
                .isInstanceOf(IncorrectKeyMaterialException.class);
        assertThat(describe(key).keyState()).isEqualTo(KeyState.PENDING_IMPORT);

        importForGood(key, material, kind.wrapping);

        kind.use(kms, key);
        assertThatThrownBy(() -> importForGood(key, kind.material(), kind.wrapping))
                .isInstanceOf(IncorrectKeyMaterialException.class);
        assertThatThrownBy(() -> kms.importKeyMaterial(Imports.request(kms, key, kind.material(), kind.wrapping)
                        .importType(ImportType.NEW_KEY_MATERIAL)
                        .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                        .build()))
                .isInstanceOf(UnsupportedOperationException.class);
        kind.use(kms, key);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void materialExpiresAndCanBeImportedAgain(Kind kind) {
        String key = create(kind.spec, kind.usage);
        byte[] material = kind.material();
        kms.importKeyMaterial(Imports.request(kms, key, material, kind.wrapping)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(keyward.now().plus(Duration.ofDays(2)))
                .build());
        assertThat(describe(key).validTo()).isNotNull();
        kind.use(kms, key);

        keyward.advanceClockOnly(Duration.ofDays(2).plusMinutes(1));
        requirePendingImport(() -> kind.use(kms, key), key);
        keyward.advance(Duration.ofMinutes(1));
        requirePendingImport(() -> kind.use(kms, key), key);
        assertThat(describe(key).validTo()).isNull();

        importForGood(key, material, kind.wrapping);
        kind.use(kms, key);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void materialOfAnotherKindIsRefusedAndNothingIsLeft(Kind kind) {
        String key = create(kind.spec, kind.usage);
        for (Kind other : Kind.values()) {
            if (other != kind) {
                byte[] material = other == Kind.RSA && !kind.wrapping.viaAesKey()
                        ? KeyMaterial.secret(47) // a private key of RSA has no room in OAEP
                        : other.material();
                assertThatThrownBy(() -> importForGood(key, material, kind.wrapping))
                        .isInstanceOf(InvalidCiphertextException.class);
            }
        }
        assertThat(describe(key).keyState()).isEqualTo(KeyState.PENDING_IMPORT);

        importForGood(key, kind.material(), kind.wrapping);
        kind.use(kms, key);
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_256,      GENERATE_VERIFY_MAC, RSA_AES_KEY_WRAP_SHA_256, RSA_2048",
        "RSA_2048,      SIGN_VERIFY,         RSAES_OAEP_SHA_256,       RSA_4096",
        "RSA_2048,      SIGN_VERIFY,         RSAES_OAEP_SHA_1,         RSA_4096",
        "ECC_NIST_P521, SIGN_VERIFY,         RSAES_OAEP_SHA_256,       RSA_2048",
        "ECC_NIST_P521, SIGN_VERIFY,         RSAES_OAEP_SHA_1,         RSA_2048"
    })
    void wrappingsThatAwsRulesOut(String spec, String usage, String wrapping, WrappingKeySpec wrappingKey) {
        String key = create(spec, usage);

        assertThatThrownBy(() -> kms.getParametersForImport(request ->
                        request.keyId(key).wrappingAlgorithm(wrapping).wrappingKeySpec(wrappingKey)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(wrapping)
                .hasMessageContaining(spec);
    }

    @Test
    void edwardsKeysCannotBeImported() {
        assertThatThrownBy(() -> create("ECC_NIST_EDWARDS25519", "SIGN_VERIFY"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ECC_NIST_EDWARDS25519");
    }

    private static void requirePendingImport(ThrowingCallable use, String key) {
        assertThatThrownBy(use)
                .isInstanceOf(KmsInvalidStateException.class)
                .hasMessageContaining(key + " is pending import.");
    }

    private String create(String spec, String usage) {
        return kms.createKey(request -> request.keySpec(spec).keyUsage(usage).origin("EXTERNAL"))
                .keyMetadata()
                .keyId();
    }

    private String imported(String spec, String usage, byte[] material, WrappingAlgorithm wrapping) {
        String key = create(spec, usage);
        importForGood(key, material, wrapping);
        return key;
    }

    private ImportKeyMaterialResponse importForGood(String key, byte[] material, WrappingAlgorithm wrapping) {
        return kms.importKeyMaterial(Imports.request(kms, key, material, wrapping)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                .build());
    }

    private KeyMetadata describe(String key) {
        return kms.describeKey(request -> request.keyId(key)).keyMetadata();
    }

    private byte[] publicKey(String key) {
        return kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
    }
}
