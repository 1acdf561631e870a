package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {
    private static final HsmProfiles PROFILES = HsmProfiles.read(Path.of("../../hsm-config"));
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final MaterialName NAME = MaterialName.ofKey(
            INSTALLATION,
            new KeyId("11111111-2222-3333-4444-555555555555"),
            new MaterialId("ab".repeat(32)),
            new MaterialId("cd".repeat(32)));

    @Test
    void keepsIdAndLabelWhereThereIsRoom() {
        ObjectName name = named(NAME, SoftHsm.PROFILE);

        assertThat(name.id()).isEqualTo(NAME.objectId().bytes());
        assertThat(name.label()).isEqualTo(NAME.label());
    }

    @Test
    void shortensBothForEveryProfile() {
        for (HsmProfile profile : PROFILES.all()) {
            ObjectName name = named(NAME, profile);
            MaterialName other =
                    MaterialName.ofKey(INSTALLATION, KeyId.random(), new MaterialId("ab".repeat(32)), NAME.objectId());

            assertThat(name.id().length).isLessThanOrEqualTo(profile.id().maximumLengthBytes());
            assertThat(name.label().length())
                    .isLessThanOrEqualTo(profile.label().maximumLengthBytes());
            assertThat(named(other, profile).label()).isNotEqualTo(name.label());
        }
    }

    @Test
    void keepsThePrefixByWhichAnInstallationFindsItsObjects() {
        HsmProfile yubiHsm = PROFILES.named("yubihsm2").orElseThrow();

        assertThat(named(NAME, yubiHsm).label()).hasSize(40).startsWith(MaterialName.labelPrefix(INSTALLATION));
    }

    @Test
    void isCarriedByAReference() {
        ObjectName name = ObjectName.of(named(NAME, SoftHsm.PROFILE).reference("token"));

        assertThat(name.id()).isEqualTo(NAME.objectId().bytes());
        assertThat(name.label()).isEqualTo(NAME.label());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255})
    void refusesReferencesOfAnotherForm(int first) {
        byte[] opaque = first == 0 ? new byte[0] : new byte[] {(byte) first, 40, 1};
        MaterialReference strange = new MaterialReference("token", MaterialReference.Residence.TOKEN_OBJECT, opaque);

        assertThatThrownBy(() -> ObjectName.of(strange)).isInstanceOf(TokenException.class);
    }

    private static ObjectName named(MaterialName name, HsmProfile profile) {
        return ObjectName.of(
                name, profile.id().maximumLengthBytes(), profile.label().maximumLengthBytes());
    }
}
