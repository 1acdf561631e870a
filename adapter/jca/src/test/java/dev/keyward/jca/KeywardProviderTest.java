package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** How the provider is found and configured, and what it leaves alone. */
@ExtendWith(KeywardExtension.class)
class KeywardProviderTest {
    @Test
    void theServiceLoaderFindsItUnconfigured() {
        assertThat(ServiceLoader.load(Provider.class)).anySatisfy(found -> {
            assertThat(found).isInstanceOf(KeywardProvider.class);
            assertThat(found.isConfigured()).isFalse();
            assertThat(found.getServices()).isEmpty();
        });
    }

    @Test
    void aUrlConfiguresAnotherOne() {
        Provider configured = new KeywardProvider().configure("http://127.0.0.1:4599?profile=keyward&region=us-east-1");

        assertThat(configured.isConfigured()).isTrue();
        assertThat(configured.getService("Cipher", "KMS")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://kms.example?secret=1, parameter secret is none of",
        "https://kms.example?region=a&region=b, given twice",
        "https://user@kms.example, not a URL of a host",
        "https://kms.example:port space, not a URL",
        "https://kms.example?region, not of the form name=value",
        "https://kms.example?region=%zz, not encoded as in a URL",
        "https://kms.example?certificates=%00, Nul character",
        "/etc/keyward.yaml, neither a URL nor"
    })
    void whatCannotBeUnderstoodIsRefused(String configuration, String reason) {
        assertThatThrownBy(() -> new KeywardProvider().configure(configuration))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void afterItIsClosedNoKeyIsUsed(KmsClient kms) throws GeneralSecurityException, IOException {
        KeywardProvider provider = new KeywardProvider(kms);
        KeyPair pair = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(pair.getPrivate());
        KeyStore keys = KeyStore.getInstance("Keyward", provider);
        keys.load(null);

        provider.close();
        provider.close();

        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> keys.getKey("any", null))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("closed");
        assertThat(kms.listKeys().keys()).isNotEmpty(); // the client is not the provider's to close
    }

    @Test
    void randomnessIsForThoseWhoNameIt(KmsClient kms) throws GeneralSecurityException {
        KeywardProvider provider = new KeywardProvider(kms);
        Security.insertProviderAt(provider, 1);
        try {
            assertThat(new SecureRandom().getProvider()).isNotInstanceOf(KeywardProvider.class);

            SecureRandom random = SecureRandom.getInstance("KMS", provider);
            byte[] first = new byte[1025];
            byte[] second = new byte[1025];
            random.nextBytes(first);
            random.nextBytes(second);

            assertThat(first).isNotEqualTo(second);
            assertThat(first[1024] == 0 && second[1024] == 0 && random.generateSeed(1)[0] == 0)
                    .as("three zeros in a row where nothing may have been filled in")
                    .isFalse();
        } finally {
            Security.removeProvider(KeywardProvider.NAME);
        }
    }
}
