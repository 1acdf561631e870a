package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;

class SecretsTest {
    @Test
    void thePlaintextIsOverwritten() {
        byte[] asked = {1, 2, 3};
        byte[] answered = {4, 5};

        Secrets.of(EncryptRequest.builder()
                        .plaintext(SdkBytes.fromByteArrayUnsafe(asked))
                        .build())
                .clear();
        Secrets.of(DecryptResponse.builder()
                        .plaintext(SdkBytes.fromByteArrayUnsafe(answered))
                        .build())
                .clear();

        assertThat(asked).containsOnly(0);
        assertThat(answered).containsOnly(0);
    }

    @Test
    void withoutAPlaintextThereIsNothingToDo() {
        assertThat(Secrets.of(DescribeKeyRequest.builder().build())).isEqualTo(Secrets.NONE);
        Secrets.of(EncryptRequest.builder().build()).clear();
    }
}
