package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** Keys in a SoftHSM token that come to a secret, over HTTP, with keys of the JDK. */
@ExtendWith(KeywardExtension.class)
class KeyAgreementKeysTest {
    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, secp256r1", "ECC_NIST_P384, secp384r1", "ECC_NIST_P521, secp521r1"})
    void theJdkComesToTheSameSecret(String spec, String curve, KmsClient kms) throws GeneralSecurityException {
        String key = kms.createKey(request -> request.keySpec(spec).keyUsage("KEY_AGREEMENT"))
                .keyMetadata()
                .keyId();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair other = generator.generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(other.getPrivate());
        byte[] publicKey =
                kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey)), true);

        SdkBytes secret = kms.deriveSharedSecret(request -> request.keyId(key)
                        .publicKey(SdkBytes.fromByteArray(other.getPublic().getEncoded()))
                        .keyAgreementAlgorithm("ECDH"))
                .sharedSecret();

        assertThat(secret.asByteArray()).isEqualTo(agreement.generateSecret());
    }
}
