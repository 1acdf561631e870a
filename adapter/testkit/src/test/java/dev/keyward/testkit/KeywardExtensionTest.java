package dev.keyward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

@ExtendWith(KeywardExtension.class)
class KeywardExtensionTest {
    private final LocalKeyward keyward;

    KeywardExtensionTest(LocalKeyward keyward) {
        this.keyward = keyward;
    }

    @Test
    void aTestIsGivenItsClient(KmsClient kms) {
        assertThat(kms.createKey().keyMetadata().arn())
                .startsWith("arn:aws:kms:us-east-1:" + keyward.root().account() + ":key/");
    }

    @Test
    void twoAtOnceHaveNothingInCommon() {
        Path home;
        try (LocalKeyward other = LocalKeyward.builder().account("444455556666").start()) {
            home = other.home();
            String key = other.kms().createKey().keyMetadata().keyId();

            assertThat(other.endpoint()).isNotEqualTo(keyward.endpoint());
            assertThat(other.kms().listKeys().keys()).hasSize(1);
            assertThatThrownBy(() -> keyward.kms().describeKey(r -> r.keyId(key)))
                    .isInstanceOf(KmsException.class);
            assertThatThrownBy(() -> keyward.kms(other.root()).listKeys())
                    .hasMessageContaining("security token included in the request is invalid");
        }
        assertThat(home).doesNotExist();
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> keyward.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class InANestedClass {
        @Test
        void itIsTheSame(LocalKeyward given) {
            assertThat(given).isSameAs(keyward);
        }
    }
}
