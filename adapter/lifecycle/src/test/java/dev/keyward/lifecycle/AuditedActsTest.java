package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.keyward.conformance.ListedPrincipals;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditEvent.Phase;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Fixture.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What is recorded of acts that cannot be undone, and of those that the service does by itself. */
class AuditedActsTest {
    private static final byte[] MATERIAL = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Fixture fixture = new Fixture();
    private final Running running = fixture.start();

    @Test
    void theDeletionOfAKeyIsAnnouncedAndRecorded() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        running.scheduleDeletion(key.id().value());
        fixture.clock.move(Duration.ofDays(8));

        running.lifecycle().maintenance().run();

        assertThat(ofTheService()).containsExactly(tuple("DeleteKey", Phase.INTENT), tuple("DeleteKey", Phase.OUTCOME));
        assertThat(fixture.audited.getLast().resources()).containsExactly(key.arn());
        assertThat(fixture.audited.getLast().scope()).isEqualTo(key.scope());
    }

    @Test
    void theDeletionOfExpiredMaterialIsAnnouncedAndRecorded() {
        KeyRecord key = running.create(Origin.EXTERNAL);
        MaterialId material = running.importMaterial(
                key.id().value(), MATERIAL, fixture.clock.instant().plus(Duration.ofDays(1)));
        fixture.clock.move(Duration.ofDays(2));

        running.lifecycle().maintenance().run();

        assertThat(ofTheService())
                .containsExactly(
                        tuple("DeleteExpiredKeyMaterial", Phase.INTENT),
                        tuple("DeleteExpiredKeyMaterial", Phase.OUTCOME));
        assertThat(fixture.audited.getLast().details())
                .containsEntry("keyId", key.id().value())
                .containsEntry("keyMaterialId", material.hexadecimal());
    }

    @Test
    void aRotationIsRecordedWithBothMaterials() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        running.enableRotation(key.id().value(), 90);
        fixture.clock.move(Duration.ofDays(91));

        running.lifecycle().maintenance().run();

        assertThat(ofTheService()).containsExactly(tuple("RotateKey", Phase.OUTCOME));
        assertThat(fixture.audited.getLast().details())
                .containsEntry("rotationType", "AUTOMATIC")
                .containsEntry(
                        "previousKeyMaterialId",
                        key.current().orElseThrow().id().hexadecimal())
                .doesNotContainEntry(
                        "currentKeyMaterialId", key.current().orElseThrow().id().hexadecimal());
    }

    @Test
    void aRotationOnDemandIsRecordedAsTheRequestAndAsTheRotation() {
        KeyRecord key = running.create(Origin.AWS_KMS);

        running.rotateOnDemand(key.id().value());

        assertThat(ofTheService()).containsExactly(tuple("RotateKey", Phase.OUTCOME));
        assertThat(fixture.audited.get(fixture.audited.size() - 2).details())
                .containsEntry("rotationType", "ON_DEMAND");
        assertThat(fixture.audited.getLast().operation()).isEqualTo("RotateKeyOnDemand");
        assertThat(fixture.audited.getLast().resources()).containsExactly(key.arn());
    }

    @Test
    void aRequestThatDestroysMaterialIsAnnounced() {
        KeyRecord key = running.create(Origin.EXTERNAL);
        running.importMaterial(key.id().value(), MATERIAL, null);

        running.deleteMaterial(key.id().value());

        assertThat(fixture.audited.reversed().subList(0, 2))
                .extracting(AuditEvent::operation, AuditEvent::phase)
                .containsExactly(
                        tuple("DeleteImportedKeyMaterial", Phase.OUTCOME),
                        tuple("DeleteImportedKeyMaterial", Phase.INTENT));
    }

    @Test
    void nothingIsDestroyedThatCannotBeAnnounced() {
        KeyRecord doomed = running.create(Origin.AWS_KMS);
        KeyRecord imported = running.create(Origin.EXTERNAL);
        running.importMaterial(imported.id().value(), MATERIAL, null);
        running.scheduleDeletion(doomed.id().value());
        fixture.clock.move(Duration.ofDays(8));
        Running full = new Running(
                new Lifecycle(fixture.clock, fixture.store, fixture.token, new FullDisk(true), new ListedPrincipals()));

        full.lifecycle().maintenance().run();
        assertThatThrownBy(() -> full.deleteMaterial(imported.id().value())).isInstanceOf(KeywardException.class);

        assertThat(fixture.store.findKey(doomed.scope(), doomed.id())).isPresent();
        assertThat(fixture.token.holds(doomed.current().orElseThrow().reference()))
                .isTrue();
        KeyRecord kept = fixture.store.findKey(imported.scope(), imported.id()).orElseThrow();
        assertThat(fixture.token.holds(kept.current().orElseThrow().reference()))
                .isTrue();
    }

    @Test
    void nothingIsDoneWhileNothingCanBeRecorded() {
        Running full = new Running(new Lifecycle(
                fixture.clock, fixture.store, fixture.token, new FullDisk(false), new ListedPrincipals()));

        assertThatThrownBy(() -> full.create(Origin.AWS_KMS)).isInstanceOf(KeywardException.class);

        assertThat(fixture.store.countKeys(Fixture.SCOPE)).isZero();
    }

    private List<Tuple> ofTheService() {
        return fixture.audited.stream()
                .filter(event -> event.caller() == null)
                .map(event -> tuple(event.operation(), event.phase()))
                .toList();
    }

    /** A disk that is full, whether or not that has been noticed yet. */
    private record FullDisk(boolean unnoticed) implements AuditSink {
        @Override
        public void write(AuditEvent event) {
            throw new AuditException("the disk is full", new IOException());
        }

        @Override
        public void requireWritable() {
            if (!unnoticed) {
                throw new AuditException("the disk is full", new IOException());
            }
        }

        @Override
        public void close() {}
    }
}
