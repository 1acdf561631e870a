package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.TokenCapability;
import dev.keyward.pkcs11.TokenProbe.Finding;
import dev.keyward.pkcs11.TokenProbe.KeyFinding;
import dev.keyward.pkcs11.TokenProbe.ProbedToken;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.MechanismDescription;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TokenProbeTest {
    @Test
    void saysWhatATokenOffersAndWhatWouldWorkOnIt() {
        Pkcs11Configuration configuration = SoftHsm.freshToken();

        List<ProbedToken> tokens = TokenProbe.probe(SoftHsm.PROFILE, null, configuration.directory());

        ProbedToken probed = tokens.stream()
                .filter(token -> configuration.selector().accepts(token.token()))
                .findFirst()
                .orElseThrow();
        assertThat(probed.profile()).map(HsmProfile::name).hasValue("softhsm2");
        assertThat(probed.mechanisms())
                .filteredOn(mechanism -> mechanism.name().equals("CKM_AES_GCM"))
                .singleElement()
                .extracting(MechanismDescription::uses)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("encrypt", "decrypt");
        assertThat(probed.findings())
                .extracting(Finding::capability)
                .containsExactlyInAnyOrder(TokenCapability.values());
        assertThat(probed.findings())
                .contains(
                        new Finding(TokenCapability.UNWRAP_OAEP_SHA_1, true, "CKM_RSA_PKCS_OAEP"),
                        new Finding(
                                TokenCapability.UNWRAP_OAEP_SHA_256,
                                false,
                                "profile softhsm2 has no OAEP with SHA-256 in the token"));
        assertThat(probed.keys()).extracting(KeyFinding::spec).containsExactly(KeySpec.values());
        assertThat(probed.keys())
                .contains(new KeyFinding(KeySpec.HMAC_384, true, "CKM_GENERIC_SECRET_KEY_GEN, CKM_SHA384_HMAC"));
    }

    @Test
    void saysTheSameAsTheOpenToken() {
        Pkcs11Configuration configuration = Nss.freshToken();

        try (Pkcs11Token token = Pkcs11Token.open(configuration)) {
            List<Finding> findings = TokenProbe.probe(Nss.PROFILE, null, configuration.directory()).stream()
                    .filter(probed -> configuration.selector().accepts(probed.token()))
                    .findFirst()
                    .orElseThrow()
                    .findings();

            assertThat(Arrays.stream(TokenCapability.values())
                            .filter(capability -> findings.stream()
                                    .anyMatch(finding -> finding.capability() == capability && finding.works())))
                    .containsExactlyInAnyOrderElementsOf(token.information().capabilities());
        }
    }

    @Test
    void recognisesTheTokensOfALibraryThatNoProfileIsNamedFor() {
        Pkcs11Configuration configuration = SoftHsm.freshToken();
        HsmProfiles profiles = HsmProfiles.read(Path.of("../../hsm-config"));

        try (Pkcs11Library library = Libraries.open(SoftHsm.PROFILE, null, configuration.directory())) {
            assertThat(TokenProbe.probe(library.path(), profiles))
                    .filteredOn(probed -> configuration.selector().accepts(probed.token()))
                    .singleElement()
                    .satisfies(probed -> {
                        assertThat(probed.library()).isEqualTo(library.path());
                        assertThat(probed.profile()).map(HsmProfile::name).hasValue("softhsm2");
                    });
        }
    }
}
