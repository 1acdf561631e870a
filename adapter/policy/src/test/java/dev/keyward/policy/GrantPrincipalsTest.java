package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantPrincipalsTest {
    /** The unique ids of those who are there; of a session, that of its role. */
    private static final Map<String, String> UNIQUE_IDS = Map.of(
            "arn:aws:iam::111122223333:user/team/alice", "AIDAALICE",
            "arn:aws:iam::111122223333:role/admin", "AROAADMIN",
            "arn:aws:sts::111122223333:assumed-role/admin/deploy", "AROAADMIN");

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:user/team/alice,           AIDAALICE",
        "arn:aws:iam::111122223333:user/alice,                ",
        "arn:aws:iam::111122223333:role/admin,                AROAADMIN",
        "arn:aws:sts::111122223333:assumed-role/admin/deploy, AROAADMIN:deploy",
        "arn:aws:sts::111122223333:assumed-role/gone/deploy,  ",
        "arn:aws:iam::444455556666:root,                      444455556666",
        "444455556666,                                        ",
        "AIDAALICE,                                           ",
        "AIDAALICEALICEALICE,                                 ",
        "*,                                                   ",
        "ec2.amazonaws.com,                                   ",
        "arn:aws:iam::111122223333:group/admins,              "
    })
    void areKnownByUniqueId(String arn, @Nullable String id) {
        assertThat(GrantPrincipals.id(arn, UNIQUE_IDS)).isEqualTo(Optional.ofNullable(id));
    }
}
