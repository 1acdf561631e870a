package dev.keyward.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.store.InMemoryIdentityStore;
import dev.keyward.contract.IdentityStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniqueIdsTest {
    private final IdentityStore store = new InMemoryIdentityStore();

    @ParameterizedTest
    @CsvSource({
        // ARN,                                              who that is
        "arn:aws:iam::111122223333:user/alice,               alice",
        "arn:aws:iam::111122223333:role/admin,               @admin",
        "arn:aws:sts::111122223333:assumed-role/admin/night, @admin",
        "arn:aws:iam::111122223333:user/admin,               ",
        "arn:aws:iam::111122223333:role/alice,               ",
        "arn:aws:iam::111122223333:user/Alice,               ",
        "arn:aws:iam::111122223333:user/team/alice,          ",
        "arn:aws:iam::444455556666:user/alice,               ",
        "arn:aws:sts::111122223333:assumed-role/alice/night, ",
        "arn:aws:sts::111122223333:assumed-role/admin,       ",
        "arn:aws:sts::111122223333:federated-user/alice,     ",
        "arn:aws:iam::111122223333:root,                     ",
        "alice,                                              "
    })
    void areThoseOfWhoHasTheArnNow(String arn, @Nullable String who) {
        People.put(store, "alice @admin");

        Map<String, String> expected =
                who == null ? Map.of() : Map.of(arn, People.find(store, who).uniqueId());
        assertThat(new UniqueIds(store).of(List.of(arn))).isEqualTo(expected);
    }
}
