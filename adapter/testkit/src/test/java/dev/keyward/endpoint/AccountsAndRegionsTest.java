package dev.keyward.endpoint;

import static dev.keyward.endpoint.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.Identity;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Several accounts and Regions on one endpoint: who signs, and for which Region, decides what there is. */
class AccountsAndRegionsTest {
    private static final Identity STRANGER = Identity.root("444455556666");

    @RegisterExtension
    static final KeywardExtension KEYWARD = KeywardExtension.with(
            builder -> builder.regions(Region.US_EAST_1, Region.EU_CENTRAL_1).identity(STRANGER));

    private final LocalKeyward keyward;
    private final KmsClient owner;
    private final SampleKey key;

    AccountsAndRegionsTest(LocalKeyward keyward) {
        this.keyward = keyward;
        owner = keyward.kms();
        key = new SampleKey.Maker(owner, keyward.root().principalArn()).make(Origin.AWS_KMS, KeyState.ENABLED);
    }

    @Test
    void aKeyIsUnknownInAnotherRegion() {
        KmsClient elsewhere = keyward.kms(keyward.root(), Region.EU_CENTRAL_1);

        assertRefused("NotFoundException", () -> elsewhere.describeKey(r -> r.keyId(key.id())));
        assertRefused("NotFoundException", () -> elsewhere.describeKey(r -> r.keyId(key.alias())));
        assertThat(elsewhere.listKeysPaginator().keys())
                .extracting(KeyListEntry::keyId)
                .doesNotContain(key.id());
        assertThat(elsewhere.listAliases(r -> {}).aliases()).isEmpty();
        String made = elsewhere.createKey().keyMetadata().arn();
        assertThat(made).startsWith("arn:aws:kms:eu-central-1:" + keyward.root().account() + ":key/");
    }

    @Test
    void aRegionThatIsNotServedIsRefused() {
        KmsClient nowhere = keyward.kms(keyward.root(), Region.AP_SOUTH_1);

        assertThatThrownBy(nowhere::listKeys)
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refusal -> assertThat(refusal.statusCode()).isBetween(400, 499))
                .hasMessageContaining("Credential should be scoped to a valid region");
    }

    @Test
    void aStrangerSeesNothing() {
        KmsClient stranger = keyward.kms(STRANGER);

        assertRefused("NotFoundException", () -> stranger.describeKey(r -> r.keyId(key.id())));
        assertRefused("AccessDeniedException", () -> stranger.describeKey(r -> r.keyId(key.arn())));
        assertRefused("AccessDeniedException", () -> stranger.decrypt(r -> r.ciphertextBlob(key.ciphertext())));
        assertRefused("AccessDeniedException", () -> stranger.scheduleKeyDeletion(r -> r.keyId(key.arn())));
        assertRefused("NotFoundException", () -> stranger.deleteAlias(r -> r.aliasName(key.alias())));
        assertThat(stranger.listKeysPaginator().keys()).isEmpty();
        assertThat(stranger.listAliases(r -> {}).aliases()).isEmpty();
    }

    @Test
    void theSameAliasNamesAKeyInEachAccount() {
        KmsClient stranger = keyward.kms(STRANGER);
        String own = stranger.createKey().keyMetadata().keyId();

        stranger.createAlias(r -> r.aliasName(key.alias()).targetKeyId(own));

        assertThat(stranger.describeKey(r -> r.keyId(key.alias())).keyMetadata().keyId())
                .isEqualTo(own);
        assertThat(owner.describeKey(r -> r.keyId(key.alias())).keyMetadata().keyId())
                .isEqualTo(key.id());
        stranger.deleteAlias(r -> r.aliasName(key.alias()));
        stranger.scheduleKeyDeletion(r -> r.keyId(own).pendingWindowInDays(7));
    }
}
