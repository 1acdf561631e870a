package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.store.CrashingMetadataStore;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Fixture.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When the use of a key is noted, and when it is written. */
class KeyUsagesTest {
    private static final byte[] MESSAGE = {1};

    private final Fixture fixture = new Fixture();
    private final Running running = fixture.start();
    private final KeyRecord key = running.create(Origin.AWS_KMS);

    /** Source: AWS KMS Developer Guide, "Determine past usage of a KMS key", tracked cryptographic operations. */
    @Test
    void theOperationsThatAwsTracksAreUses() {
        assertThat(Stream.of(Operation.values()).filter(Operation::isUse).map(Operation::awsName))
                .containsExactlyInAnyOrder(
                        "Decrypt",
                        "DeriveSharedSecret",
                        "Encrypt",
                        "GenerateDataKey",
                        "GenerateDataKeyPair",
                        "GenerateDataKeyPairWithoutPlaintext",
                        "GenerateDataKeyWithoutPlaintext",
                        "GenerateMac",
                        "ReEncrypt",
                        "Sign",
                        "Verify",
                        "VerifyMac");
    }

    @Test
    void aUseIsSeenAtOnceAndWrittenByTheBackgroundWork() {
        byte[] blob = encrypt();
        assertThat(last()).map(KeyUsageRecord::operation).contains("Encrypt");
        fixture.clock.move(Duration.ofSeconds(1));
        running.decrypt(blob);
        assertThat(written()).isEmpty();

        running.lifecycle().maintenance().run();

        assertThat(written()).isEqualTo(last());
        assertThat(written()).map(KeyUsageRecord::operation).contains("Decrypt");
        assertThat(written()).map(KeyUsageRecord::usedAt).contains(fixture.clock.instant());
    }

    @Test
    void aUseNamesItsAuditRecordAndItsRequest() {
        encrypt();

        assertThat(last())
                .map(KeyUsageRecord::eventId)
                .contains(fixture.audited.getLast().id());
        assertThat(last()).map(KeyUsageRecord::requestId).contains("request-1");
    }

    @Test
    void usesCostNoWritesAndChangeNoKey() {
        CrashingMetadataStore counting = CrashingMetadataStore.counting(fixture.store);
        Running counted = fixture.start(counting, fixture.token);
        int before = counting.writes();
        for (int use = 0; use < 10; use++) {
            counted.encrypt(key.id().value(), MESSAGE);
        }
        assertThat(counting.writes()).isEqualTo(before);

        counted.lifecycle().maintenance().run();
        assertThat(counting.writes()).isEqualTo(before + 1);
        assertThat(fixture.store.findKey(key.scope(), key.id())).contains(key);

        counted.lifecycle().maintenance().run();
        assertThat(counting.writes()).as("nothing new").isEqualTo(before + 1);
    }

    @Test
    void aProcessThatIsClosedWritesAndOneThatEndsOtherwiseDoesNot() {
        encrypt();
        running.lifecycle().close();
        Optional<KeyUsageRecord> kept = written();
        assertThat(kept).isPresent();
        fixture.clock.move(Duration.ofSeconds(1));
        fixture.start().encrypt(key.id().value(), MESSAGE);

        assertThat(fixture.start().lifecycle().keyUsages().last(key)).isEqualTo(kept);
    }

    @Test
    void whatIsRefusedIsNoUse() {
        running.disable(key.id().value());
        assertThatThrownBy(this::encrypt).isInstanceOf(KeywardException.class);
        running.enable(key.id().value());
        running.state(key.id().value());

        assertThat(last()).isEmpty();
    }

    @Test
    void theUsesOfManyKeysAreWritten() {
        for (int number = 0; number < 205; number++) {
            running.encrypt(running.create(Origin.AWS_KMS).id().value(), MESSAGE);
        }

        running.lifecycle().maintenance().run();

        assertThat(running.keys())
                .filteredOn(id -> !id.equals(key.id()))
                .hasSize(205)
                .allSatisfy(id -> assertThat(fixture.store.findKeyUsage(Fixture.SCOPE, id))
                        .isPresent());
    }

    @Test
    void whatUsedAKeyThatIsGoneIsForgotten() {
        encrypt();
        fixture.store.deleteKey(key);

        running.lifecycle().maintenance().run();

        assertThat(written()).isEmpty();
        assertThat(last()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenStaysNoted() {
        encrypt();
        fixture.store.close();

        running.lifecycle().keyUsages().write();

        assertThat(last()).map(KeyUsageRecord::operation).contains("Encrypt");
    }

    @Test
    void trackingBeginsWithTheStoreOrWithTheKey() {
        Instant began = fixture.clock.instant();
        fixture.clock.move(Duration.ofDays(1));
        KeyUsages usages = fixture.start().lifecycle().keyUsages();
        KeyRecord younger = running.create(Origin.AWS_KMS);

        assertThat(usages.trackedSince(younger)).isEqualTo(younger.createdAt()).isEqualTo(fixture.clock.instant());
        assertThat(usages.trackedSince(
                        younger.toBuilder().createdAt(began.minusSeconds(1)).build()))
                .isEqualTo(began);
    }

    @Test
    void daysWithoutUseAreWholeDaysSinceTheLastOne() {
        KeyUsages usages = running.lifecycle().keyUsages();
        fixture.clock.move(Duration.ofDays(3));
        assertThat(usages.daysWithoutUse(key, fixture.clock.instant())).isEqualTo(3);

        encrypt();
        fixture.clock.move(Duration.ofDays(30).minusSeconds(1));
        assertThat(usages.daysWithoutUse(key, fixture.clock.instant())).isEqualTo(29);
        fixture.clock.move(Duration.ofSeconds(1));
        assertThat(usages.daysWithoutUse(key, fixture.clock.instant())).isEqualTo(30);
        assertThat(usages.daysWithoutUse(key, Instant.EPOCH))
                .as("a clock put back")
                .isZero();
    }

    private byte[] encrypt() {
        return running.encrypt(key.id().value(), MESSAGE);
    }

    private Optional<KeyUsageRecord> last() {
        return running.lifecycle().keyUsages().last(key);
    }

    private Optional<KeyUsageRecord> written() {
        return fixture.store.findKeyUsage(key.scope(), key.id());
    }
}
