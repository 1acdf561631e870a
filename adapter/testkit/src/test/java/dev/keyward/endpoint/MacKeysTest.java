package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;

/** HMAC keys in a SoftHSM token, over HTTP. */
@ExtendWith(KeywardExtension.class)
class MacKeysTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromByteArray(new byte[4096]);

    @ParameterizedTest
    @CsvSource({
        "HMAC_224, HMAC_SHA_224, 28",
        "HMAC_256, HMAC_SHA_256, 32",
        "HMAC_384, HMAC_SHA_384, 48",
        "HMAC_512, HMAC_SHA_512, 64"
    })
    void codesAreGeneratedAndVerified(String spec, String algorithm, int lengthBytes, KmsClient kms) {
        KeyMetadata key = kms.createKey(request -> request.keySpec(spec).keyUsage("GENERATE_VERIFY_MAC"))
                .keyMetadata();
        assertThat(key.macAlgorithmsAsStrings()).containsExactly(algorithm);

        SdkBytes mac = kms.generateMac(
                        request -> request.keyId(key.arn()).message(MESSAGE).macAlgorithm(algorithm))
                .mac();

        assertThat(mac.asByteArray()).hasSize(lengthBytes);
        assertThat(kms.verifyMac(request -> request.keyId(key.keyId())
                                .message(MESSAGE)
                                .mac(mac)
                                .macAlgorithm(algorithm))
                        .macValid())
                .isTrue();
        assertThatThrownBy(() -> kms.verifyMac(request -> request.keyId(key.keyId())
                        .message(SdkBytes.fromByteArray(new byte[4095]))
                        .mac(mac)
                        .macAlgorithm(algorithm)))
                .isInstanceOf(KmsInvalidMacException.class);
    }
}
