package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.KeywardException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys an operation works on, and what is answered for others. */
class KeyRequirementTest {
    private static final String PAIRS =
            "RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1"
                    + " ECC_NIST_EDWARDS25519";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Encrypt                         | SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096",
                "Decrypt                         | SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096",
                "ReEncrypt                       | SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096",
                "GenerateDataKey                 | SYMMETRIC_DEFAULT",
                "GenerateDataKeyWithoutPlaintext | SYMMETRIC_DEFAULT",
                "GenerateDataKeyPair | SYMMETRIC_DEFAULT",
                "GenerateDataKeyPairWithoutPlaintext | SYMMETRIC_DEFAULT",
                "GenerateMac                     | HMAC_224 HMAC_256 HMAC_384 HMAC_512",
                "VerifyMac                       | HMAC_224 HMAC_256 HMAC_384 HMAC_512",
                "EnableKeyRotation               | SYMMETRIC_DEFAULT",
                "DisableKeyRotation              | SYMMETRIC_DEFAULT",
                "RotateKeyOnDemand               | SYMMETRIC_DEFAULT",
                "DeriveSharedSecret              | ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521",
                "Sign                            | PAIRS",
                "Verify                          | PAIRS",
                "GetPublicKey                    | PAIRS",
                "GetKeyRotationStatus            | SYMMETRIC_DEFAULT HMAC_224 HMAC_256 HMAC_384 HMAC_512 PAIRS",
                "DescribeKey                     | SYMMETRIC_DEFAULT HMAC_224 HMAC_256 HMAC_384 HMAC_512 PAIRS",
            })
    void anOperationWorksOnKeysOf(String name, String specs) {
        Operation operation = Operation.named(name).orElseThrow();

        String suitable = Stream.of(KeySpec.values())
                .flatMap(spec -> spec.usages().stream()
                        .map(usage -> SuitableKeys.of(spec, usage).build()))
                .filter(key -> KeyChecks.refusal(operation, operation.action(), key, KeyState.ENABLED)
                        .isEmpty())
                .map(key -> key.spec().name())
                .distinct()
                .collect(Collectors.joining(" "));

        assertThat(suitable).isEqualTo(specs.replace("PAIRS", PAIRS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GenerateMac       | SYMMETRIC_DEFAULT | ENCRYPT_DECRYPT     | InvalidKeyUsageException: KEY key usage is"
                        + " ENCRYPT_DECRYPT which is not valid for GenerateMac.",
                "GenerateDataKey   | HMAC_512          | GENERATE_VERIFY_MAC | InvalidKeyUsageException: KEY key usage is"
                        + " GENERATE_VERIFY_MAC which is not valid for GenerateDataKey.",
                "Sign              | HMAC_256          | GENERATE_VERIFY_MAC | InvalidKeyUsageException: KEY key usage is"
                        + " GENERATE_VERIFY_MAC which is not valid for Sign.",
                "GetPublicKey      | SYMMETRIC_DEFAULT | ENCRYPT_DECRYPT     | UnsupportedOperationException: KEY key"
                        + " spec is SYMMETRIC_DEFAULT which is not valid for GetPublicKey.",
                "EnableKeyRotation | HMAC_224          | GENERATE_VERIFY_MAC | UnsupportedOperationException: KEY key"
                        + " spec is HMAC_224 which is not valid for EnableKeyRotation.",
            })
    void anotherKeyIsRefused(String name, KeySpec spec, KeyUsage usage, String answer) {
        Operation operation = Operation.named(name).orElseThrow();
        KeyRecord key = SuitableKeys.of(spec, usage).build();

        assertThat(refusal(operation, operation.action(), key, KeyState.ENABLED))
                .isEqualTo(answer.replace("KEY ", key.arn() + " "));
    }

    @Test
    void theActionIsNamedByWhichTheKeyIsUsed() {
        KeyRecord key =
                SuitableKeys.of(KeySpec.HMAC_256, KeyUsage.GENERATE_VERIFY_MAC).build();

        assertThat(refusal(Operation.RE_ENCRYPT, "kms:ReEncryptTo", key, KeyState.ENABLED))
                .endsWith("which is not valid for ReEncryptTo.");
    }

    @Test
    void theKindIsToldBeforeTheState() {
        KeyRecord key =
                SuitableKeys.of(KeySpec.HMAC_256, KeyUsage.GENERATE_VERIFY_MAC).build();

        assertThat(refusal(Operation.ENCRYPT, "kms:Encrypt", key, KeyState.DISABLED))
                .startsWith("InvalidKeyUsageException");
    }

    /** As AWS KMS was seen to answer for an RSA key. */
    @Test
    void theStateIsToldBeforeTheKindOfARotationOnDemand() {
        KeyRecord key = SuitableKeys.of(KeySpec.RSA_4096, KeyUsage.SIGN_VERIFY).build();

        assertThat(refusal(Operation.ROTATE_KEY_ON_DEMAND, "kms:RotateKeyOnDemand", key, KeyState.DISABLED))
                .isEqualTo("DisabledException: " + key.arn() + " is disabled.");
        assertThat(refusal(Operation.ROTATE_KEY_ON_DEMAND, "kms:RotateKeyOnDemand", key, KeyState.ENABLED))
                .isEqualTo("UnsupportedOperationException: null");
    }

    private static String refusal(Operation operation, String action, KeyRecord key, KeyState state) {
        KeywardException refusal =
                KeyChecks.refusal(operation, action, key, state).orElseThrow();
        return refusal.code().awsCode() + ": " + refusal.getMessage();
    }
}
