package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.ServicePurpose;
import org.junit.jupiter.api.Test;

class FirstSliceTest {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");

    @Test
    void generatesEncryptsDecryptsAndDestroys() {
        try (Pkcs11Token token = Pkcs11Token.open(SoftHsm.freshToken())) {
            MaterialReference reference = token.reference(MaterialName.ofService(
                    INSTALLATION, ServicePurpose.IMPORT_TOKEN, 1, MaterialId.of(token.random(32))));
            byte[] associatedData = {1, 2};
            byte[] plaintext = {3, 4, 5};

            token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
            SealedMessage message = token.encrypt(reference, associatedData, plaintext);

            assertThat(token.decrypt(reference, associatedData, message)).isEqualTo(plaintext);
            assertThat(token.objects(INSTALLATION)).hasSize(1);
            token.destroy(reference);
            assertThat(token.holds(reference)).isFalse();
        }
    }
}
