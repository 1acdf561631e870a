package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** CreateAlias, UpdateAlias, DeleteAlias, ListAliases. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class AliasesTest {
    private static final String ARN = "arn:aws:kms:us-east-1:111122223333:";

    private final FaceFixture fixture;
    private final String key;

    AliasesTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anAliasIsMadeMovedAndTakenAway() {
        String other = fixture.createKey();
        create("alias/a");
        fixture.clock.move(Duration.ofMinutes(1));

        fixture.kms.updateAlias(request -> request.aliasName("alias/a").targetKeyId(other));

        AliasListEntry alias = fixture.kms.listAliases().aliases().get(0);
        assertThat(alias.aliasName()).isEqualTo("alias/a");
        assertThat(alias.aliasArn()).isEqualTo(ARN + "alias/a");
        assertThat(alias.targetKeyId()).isEqualTo(other);
        assertThat(Duration.between(alias.creationDate(), alias.lastUpdatedDate()))
                .isEqualTo(Duration.ofMinutes(1));

        fixture.kms.deleteAlias(request -> request.aliasName("alias/a"));
        assertThat(fixture.kms.listAliases().aliases()).isEmpty();
        assertThat(fixture.kms.listAliases().truncated()).isFalse();
    }

    @Test
    void aliasesAreListedOfOneKeyAndPageByPage() {
        String other = fixture.createKey();
        create("alias/a");
        create("alias/b");
        fixture.kms.createAlias(request -> request.aliasName("alias/c").targetKeyId(other));

        ListAliasesResponse ofKey = fixture.kms.listAliases(request -> request.keyId(key));
        assertThat(names(ofKey.aliases())).containsExactly("alias/a", "alias/b");
        assertThat(names(fixture.kms.listAliasesPaginator(request -> request.limit(1)).aliases().stream()
                        .toList()))
                .containsExactly("alias/a", "alias/b", "alias/c");
        assertThat(fixture.kms.listAliases(request -> request.limit(1)).truncated())
                .isTrue();
    }

    @Test
    void aNameWithoutThePrefix() {
        assertRefused(
                () -> create("a"),
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see "
                        + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
    }

    @Test
    void aNameThatIsTaken() {
        create("alias/a");

        assertRefused(
                () -> create("alias/a"),
                "AlreadyExistsException",
                "An alias with the name " + ARN + "alias/a already exists");
    }

    @Test
    void anAliasThatIsNotThere() {
        String message = "Alias " + ARN + "alias/none is not found.";

        assertRefused(
                () -> fixture.kms.deleteAlias(request -> request.aliasName("alias/none")),
                "NotFoundException",
                message);
        assertRefused(
                () -> fixture.kms.updateAlias(
                        request -> request.aliasName("alias/none").targetKeyId(key)),
                "NotFoundException",
                message);
        assertRefused(
                () -> fixture.kms.describeKey(request -> request.keyId("alias/none")), "NotFoundException", message);
    }

    @Test
    void anAliasIsNoNameForAnAlias() {
        create("alias/a");

        assertRefused(
                () -> fixture.kms.createAlias(
                        request -> request.aliasName("alias/b").targetKeyId("alias/a")),
                "NotFoundException",
                "Invalid keyId 'alias/a'");
    }

    private void create(String name) {
        fixture.kms.createAlias(request -> request.aliasName(name).targetKeyId(key));
    }

    private static List<String> names(List<AliasListEntry> aliases) {
        return aliases.stream().map(AliasListEntry::aliasName).toList();
    }
}
