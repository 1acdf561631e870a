package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.MessageType;

/** Signatures of keys in a SoftHSM token, made over HTTP, verified by the JDK and by OpenSSL. */
@ExtendWith(KeywardExtension.class)
class SigningKeysTest {
    private static final List<String> RSA = List.of(
            "RSASSA_PKCS1_V1_5_SHA_256",
            "RSASSA_PKCS1_V1_5_SHA_384",
            "RSASSA_PKCS1_V1_5_SHA_512",
            "RSASSA_PSS_SHA_256",
            "RSASSA_PSS_SHA_384",
            "RSASSA_PSS_SHA_512");

    @TempDir
    private Path directory;

    static Stream<Arguments> specs() {
        return Stream.of(
                Arguments.of(KeySpec.RSA_2048, RSA),
                Arguments.of(KeySpec.RSA_3072, RSA),
                Arguments.of(KeySpec.RSA_4096, RSA),
                Arguments.of(KeySpec.ECC_NIST_P256, List.of("ECDSA_SHA_256")),
                Arguments.of(KeySpec.ECC_NIST_P384, List.of("ECDSA_SHA_384")),
                Arguments.of(KeySpec.ECC_NIST_P521, List.of("ECDSA_SHA_512")),
                Arguments.of(KeySpec.ECC_SECG_P256_K1, List.of("ECDSA_SHA_256")));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void othersVerifyWhatWasSigned(KeySpec spec, List<String> algorithms, KmsClient kms)
            throws GeneralSecurityException {
        String key = createKey(kms, spec);
        byte[] publicKey =
                kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        SdkBytes message = SdkBytes.fromByteArray(new byte[4096]);
        for (String algorithm : algorithms) {
            SdkBytes digest = SdkBytes.fromByteArray(
                    MessageDigest.getInstance(hash(algorithm)).digest(message.asByteArray()));

            SdkBytes ofMessage = kms.sign(
                            request -> request.keyId(key).message(message).signingAlgorithm(algorithm))
                    .signature();
            SdkBytes ofDigest = kms.sign(request -> request.keyId(key)
                            .message(digest)
                            .messageType(MessageType.DIGEST)
                            .signingAlgorithm(algorithm))
                    .signature();

            for (SdkBytes signature : List.of(ofMessage, ofDigest)) {
                requireOpenSslVerifies(publicKey, algorithm, message, signature);
                if (spec != KeySpec.ECC_SECG_P256_K1) { // the JDK has no such curve
                    assertThat(verifiedByTheJdk(publicKey, algorithm, message, signature))
                            .isTrue();
                }
                assertThat(kms.verify(request -> request.keyId(key)
                                        .message(digest)
                                        .messageType(MessageType.DIGEST)
                                        .signature(signature)
                                        .signingAlgorithm(algorithm))
                                .signatureValid())
                        .isTrue();
            }
            assertThatThrownBy(() -> kms.verify(request -> request.keyId(key)
                            .message(SdkBytes.fromUtf8String("another message"))
                            .signature(ofMessage)
                            .signingAlgorithm(algorithm)))
                    .isInstanceOf(KmsInvalidSignatureException.class);
        }
    }

    @Test
    void theJdkAndOpenSslVerifyEd25519(KmsClient kms) throws GeneralSecurityException {
        String key = createKey(kms, KeySpec.ECC_NIST_EDWARDS25519);
        byte[] publicKey =
                kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        for (int lengthBytes : new int[] {1, 64, 4096}) {
            SdkBytes message = SdkBytes.fromByteArray(new byte[lengthBytes]);
            SdkBytes signature = kms.sign(
                            request -> request.keyId(key).message(message).signingAlgorithm("ED25519_SHA_512"))
                    .signature();

            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
            verifier.update(message.asByteArray());
            assertThat(verifier.verify(signature.asByteArray())).isTrue();
            OpenSsl openSsl = new OpenSsl(directory);
            openSsl.write("public.der", publicKey);
            openSsl.write("message", message.asByteArray());
            openSsl.write("signature", signature.asByteArray());
            assertThat(openSsl.run(List.of(
                            "pkeyutl",
                            "-verify",
                            "-pubin",
                            "-keyform",
                            "DER",
                            "-inkey",
                            "public.der",
                            "-rawin",
                            "-in",
                            "message",
                            "-sigfile",
                            "signature")))
                    .contains("Verified Successfully");
            assertThat(kms.verify(request -> request.keyId(key)
                                    .message(message)
                                    .signature(signature)
                                    .signingAlgorithm("ED25519_SHA_512"))
                            .signatureValid())
                    .isTrue();
        }
    }

    @Test
    void aSignatureMadeElsewhereIsNotTheKeys(KmsClient kms) {
        String key = createKey(kms, KeySpec.ECC_NIST_P256);
        String other = createKey(kms, KeySpec.ECC_NIST_P256);
        SdkBytes message = SdkBytes.fromUtf8String("attack at dawn");
        SdkBytes signature = kms.sign(
                        request -> request.keyId(other).message(message).signingAlgorithm("ECDSA_SHA_256"))
                .signature();

        assertThatThrownBy(() -> kms.verify(request ->
                        request.keyId(key).message(message).signature(signature).signingAlgorithm("ECDSA_SHA_256")))
                .isInstanceOf(KmsInvalidSignatureException.class);
    }

    private static String createKey(KmsClient kms, KeySpec spec) {
        return kms.createKey(request -> request.keySpec(spec).keyUsage("SIGN_VERIFY"))
                .keyMetadata()
                .keyId();
    }

    private static String hash(String algorithm) {
        return "SHA-" + algorithm.substring(algorithm.lastIndexOf('_') + 1);
    }

    private static boolean verifiedByTheJdk(byte[] publicKey, String algorithm, SdkBytes message, SdkBytes signature)
            throws GeneralSecurityException {
        String hash = hash(algorithm);
        String name = hash.replace("-", "") + "with" + (algorithm.startsWith("ECDSA") ? "ECDSA" : "RSA");
        boolean pss = algorithm.startsWith("RSASSA_PSS");
        Signature verifier = Signature.getInstance(pss ? "RSASSA-PSS" : name);
        if (pss) {
            int saltLengthBytes = MessageDigest.getInstance(hash).getDigestLength();
            verifier.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltLengthBytes, 1));
        }
        PublicKey key = KeyFactory.getInstance(algorithm.startsWith("ECDSA") ? "EC" : "RSA")
                .generatePublic(new X509EncodedKeySpec(publicKey));
        assertThat(key.getEncoded()).isEqualTo(publicKey);
        verifier.initVerify(key);
        verifier.update(message.asByteArray());
        return verifier.verify(signature.asByteArray());
    }

    private void requireOpenSslVerifies(byte[] publicKey, String algorithm, SdkBytes message, SdkBytes signature) {
        OpenSsl openSsl = new OpenSsl(directory);
        openSsl.write("public.der", publicKey);
        openSsl.write("message", message.asByteArray());
        openSsl.write("signature", signature.asByteArray());
        openSsl.run(List.of("pkey", "-pubin", "-inform", "DER", "-in", "public.der", "-out", "public.pem"));
        List<String> pss = algorithm.startsWith("RSASSA_PSS")
                ? List.of("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest")
                : List.of();
        String digest = "-" + hash(algorithm).replace("-", "").toLowerCase(java.util.Locale.ROOT);
        String said = openSsl.run(OpenSsl.arguments(
                Stream.concat(pss.stream(), Stream.of("-signature", "signature", "message"))
                        .toList(),
                "dgst",
                digest,
                "-verify",
                "public.pem"));
        assertThat(said).contains("Verified OK");
    }
}
