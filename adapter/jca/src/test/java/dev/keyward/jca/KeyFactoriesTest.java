package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** Public halves, by the provider's own key factories. */
@ExtendWith(KeywardExtension.class)
class KeyFactoriesTest {
    private final KeywardProvider provider;

    KeyFactoriesTest(KmsClient kms) {
        provider = new KeywardProvider(kms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "EdDSA"})
    void thePublicHalfIsHadOfThePrivateKeyOrItsEncoding(String algorithm) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
        Security.insertProviderAt(provider, 1); // even where every provider is asked after this one
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm, provider);
            X509EncodedKeySpec encoded = factory.getKeySpec(pair.getPrivate(), X509EncodedKeySpec.class);

            PublicKey publicKey = factory.generatePublic(encoded);

            assertThat(publicKey).isEqualTo(pair.getPublic()).isNotInstanceOf(KmsKey.class);
            assertThat(KeyFactory.getInstance(algorithm).generatePublic(encoded))
                    .isEqualTo(publicKey);
            assertThat(factory.translateKey(publicKey)).isEqualTo(publicKey);
            assertThat(factory.translateKey(pair.getPrivate())).isSameAs(pair.getPrivate());
        } finally {
            Security.removeProvider(KeywardProvider.NAME);
        }
    }

    @Test
    void otherFormsAreThoseOfTheJdk() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA", provider).generateKeyPair();
        KeyFactory factory = KeyFactory.getInstance("RSA", provider);

        RSAPublicKeySpec numbers = factory.getKeySpec(pair.getPrivate(), RSAPublicKeySpec.class);

        assertThat(factory.generatePublic(numbers)).isEqualTo(pair.getPublic());
    }

    @Test
    void privateKeysAreNotMade() throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC", provider);
        KeyPair rsa = KeyPairGenerator.getInstance("RSA", provider).generateKeyPair();
        KeySpec nonsense = new X509EncodedKeySpec(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> factory.generatePrivate(new PKCS8EncodedKeySpec(new byte[10])))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("ImportKeyMaterial");
        assertThatThrownBy(() -> factory.generatePublic(nonsense)).isInstanceOf(InvalidKeySpecException.class);
        assertThatThrownBy(() -> factory.getKeySpec(rsa.getPrivate(), X509EncodedKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class);
        assertThatThrownBy(() -> factory.translateKey(rsa.getPrivate())).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> factory.translateKey(new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> factory.translateKey(null)).isInstanceOf(InvalidKeyException.class);
    }
}
