package dev.keyward.pkcs11.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.pkcs11.session.TokenDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HsmProfilesTest {
    private static final Path DIRECTORY = Path.of("../../hsm-config");

    @Test
    void everyProfileOfTheRepositoryCanBeRead() {
        assertThat(HsmProfiles.read(DIRECTORY).all())
                .extracting(HsmProfile::name)
                .contains(
                        "softhsm2",
                        "nss",
                        "luna",
                        "nshield",
                        "aws-cloudhsm",
                        "utimaco",
                        "yubihsm2",
                        "opencryptoki",
                        "tpm2",
                        "kryoptic");
    }

    @Test
    void onlyWhatTheConformanceSuiteRunsOnIsProven() {
        assertThat(HsmProfiles.read(DIRECTORY).all())
                .filteredOn(profile -> profile.status() == HsmProfile.Status.PROVEN)
                .extracting(HsmProfile::name)
                .containsExactlyInAnyOrder("softhsm2", "nss");
    }

    @Test
    void recognisesATokenByWhatItSaysOfItself() {
        TokenDescription softHsm = new TokenDescription(7, "x", "SoftHSM project", "SoftHSM v2", "1", 0, "2.6", "2.6");

        assertThat(HsmProfiles.read(DIRECTORY).recognising(softHsm))
                .hasValueSatisfying(profile -> assertThat(profile.name()).isEqualTo("softhsm2"));
    }

    @Test
    void recognisesNothingInAStranger() {
        TokenDescription stranger = new TokenDescription(7, "x", "Nobody", "Nothing", "1", 0, "1.0", "1.0");

        assertThat(HsmProfiles.read(DIRECTORY).recognising(stranger)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    status: proven              | status: perhaps               | status:
                    gcmIv: host                 | gcmIv: nobody                 | gcmIv:
                    derivation: ecb-encrypt-data| derivation: guess             | derivation:
                    rfc5649Mechanism: 0x210A    | rfc5649Mechanism: many        | rfc5649Mechanism: a mechanism is a number
                    maximum: 1024               | maximum: 1                    | sessions: maximum is not between
                    maximum: 1024               | maximum: some                 | sessions.maximum:
                    oneChangeAtATime: true      | colour: blue                  | colour: there is no such field
                    title: SoftHSM 2            | ''                            | the field title is missing
                    allowedMechanisms: true     | ''                            | allowedMechanisms
                    name: softhsm2              | name: other                   | name: is other
                    tokenHashes: [SHA-1]        | tokenHashes: [MD5]            | oaep.tokenHashes.[0]:
                    model: SoftHSM v2           | 'model: \\"(\\"'              | recognise.model is no regular expression
                    secretKey: {}               | secretKey: {CKA_X: true}      | templates.secretKey: CKA_X
                    secretKey: {}               | secretKey: {CKA_SENSITIVE: false} | templates.secretKey: CKA_SENSITIVE
                    secretKey: {}               | secretKey: {CKA_EXTRACTABLE: null}| templates.secretKey: CKA_EXTRACTABLE
                    """)
    void namesTheFieldThatIsWrong(String line, String wrong, String message, @TempDir Path directory)
            throws IOException {
        String profile = Files.readString(DIRECTORY.resolve("softhsm2.yaml"));
        Path file = directory.resolve("softhsm2.yaml");
        assertThat(profile).contains(line);
        Files.writeString(file, profile.replaceFirst(Pattern.quote(line), wrong));

        assertThatThrownBy(() -> HsmProfiles.readFile(file))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }
}
