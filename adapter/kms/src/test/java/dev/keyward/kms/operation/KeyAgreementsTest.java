package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import tools.jackson.databind.JsonNode;

/** DeriveSharedSecret. */
class KeyAgreementsTest {
    private final FaceFixture fixture = new FaceFixture();
    private final KeyMetadata key = createKey();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyIsDescribedAsAwsDescribesIt() {
        JsonNode metadata = fixture.json("DescribeKey", "{\"KeyId\": \"%s\"}".formatted(key.keyId()))
                .get("KeyMetadata");
        JsonNode publicKey = fixture.json("GetPublicKey", "{\"KeyId\": \"%s\"}".formatted(key.keyId()));

        assertThat(metadata.get("KeyAgreementAlgorithms").toString()).isEqualTo("[\"ECDH\"]");
        assertThat(metadata.has("SigningAlgorithms")).isFalse();
        assertThat(publicKey.get("KeyAgreementAlgorithms").toString()).isEqualTo("[\"ECDH\"]");
    }

    @Test
    void twoKeysComeToTheSameSecret() {
        KeyMetadata other = createKey();

        DeriveSharedSecretResponse one = derive(key, publicKey(other));
        DeriveSharedSecretResponse same = derive(other, publicKey(key));

        assertThat(one.sharedSecret()).isEqualTo(same.sharedSecret());
        assertThat(one.sharedSecret().asByteArray()).hasSize(32);
        assertThat(one.keyId()).isEqualTo(key.arn());
        assertThat(one.keyAgreementAlgorithmAsString()).isEqualTo("ECDH");
        assertThat(one.keyOriginAsString()).isEqualTo("AWS_KMS");
    }

    @Test
    void whatIsNoPublicKeyOfTheCurveIsRefusedWithoutAMessage() throws GeneralSecurityException {
        byte[] suitable = pair("EC", "secp256r1").getPublic().getEncoded();
        byte[] notOnTheCurve = suitable.clone();
        notOnTheCurve[notOnTheCurve.length - 1] ^= 1;
        byte[] notReduced = suitable.clone();
        byte[] prime =
                new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16).toByteArray();
        System.arraycopy(prime, 1, notReduced, notReduced.length - 64, 32);
        List<byte[]> unsuitable = List.of(
                new byte[1],
                notOnTheCurve,
                notReduced,
                pair("EC", "secp384r1").getPublic().getEncoded(),
                pair("RSA", null).getPublic().getEncoded());
        for (byte[] publicKey : unsuitable) {
            JsonNode refusal = fixture.json(
                    "DeriveSharedSecret",
                    "{\"KeyId\": \"%s\", \"KeyAgreementAlgorithm\": \"ECDH\", \"PublicKey\": \"%s\"}"
                            .formatted(key.keyId(), Base64.getEncoder().encodeToString(publicKey)));

            assertThat(refusal.get("__type").asString()).isEqualTo("ValidationException");
            assertThat(refusal.has("message")).isFalse();
        }
    }

    @Test
    void aKeyThatSignsDoesNotAgree() {
        KeyMetadata signing = fixture.kms
                .createKey(request -> request.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY"))
                .keyMetadata();

        assertRefused(
                () -> derive(signing, publicKey(key)),
                "InvalidKeyUsageException",
                signing.arn() + " key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.");
    }

    @Test
    void aSpecWithoutKeyAgreementIsToldAtOnce() {
        assertRefused(
                () -> fixture.kms.createKey(
                        request -> request.keySpec("RSA_2048").keyUsage("KEY_AGREEMENT")),
                "ValidationException",
                "KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048");
    }

    private SdkBytes publicKey(KeyMetadata of) {
        return fixture.kms.getPublicKey(request -> request.keyId(of.keyId())).publicKey();
    }

    private DeriveSharedSecretResponse derive(KeyMetadata with, SdkBytes publicKey) {
        return fixture.kms.deriveSharedSecret(
                request -> request.keyId(with.keyId()).publicKey(publicKey).keyAgreementAlgorithm("ECDH"));
    }

    private KeyMetadata createKey() {
        return fixture.kms
                .createKey(request -> request.keySpec("ECC_NIST_P256").keyUsage("KEY_AGREEMENT"))
                .keyMetadata();
    }

    private static KeyPair pair(String algorithm, @Nullable String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }
}
