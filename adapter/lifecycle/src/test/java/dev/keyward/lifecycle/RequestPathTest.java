package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.ListedPrincipals;
import dev.keyward.conformance.store.InMemoryMetadataStore;
import dev.keyward.conformance.token.InMemoryToken;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.Origin;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.lifecycle.Fixture.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every request goes through, and the transitions that requests and the passing of time make. */
class RequestPathTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MATERIAL = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Fixture fixture = new Fixture();
    private final Running running = fixture.start();

    @Test
    void recordsASuccess() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        running.encrypt(key.id().value(), MESSAGE);

        AuditEvent event = fixture.audited.getLast();
        assertThat(event.operation()).isEqualTo("Encrypt");
        assertThat(event.resources()).containsExactly(key.arn());
        assertThat(event.errorCode()).isNull();
        assertThat(event.readOnly()).isTrue();
        assertThat(event.details())
                .containsEntry("keyMaterialId", key.current().orElseThrow().id().hexadecimal());
    }

    @Test
    void recordsARefusalOfTheForm() {
        assertThatThrownBy(() -> running.lifecycle().path().handle(Running.CALLER, "Nonsense", () -> {
                    throw new KeywardException(ErrorCode.UNKNOWN_OPERATION);
                }))
                .isInstanceOf(KeywardException.class);

        AuditEvent event = fixture.audited.getLast();
        assertThat(event.operation()).isEqualTo("Nonsense");
        assertThat(event.errorCode()).isEqualTo("UnknownOperationException");
        assertThat(event.readOnly()).isNull();
    }

    @Test
    void recordsWhatWasNotExpectedAsAnInternalErrorAndTellsNothingOfIt() {
        assertRefused(
                () -> running.request(Operation.LIST_KEYS, null, (call, none) -> {
                    throw new IllegalStateException("a secret detail");
                }),
                ErrorCode.INTERNAL,
                "The request was rejected because an internal exception occurred. The request can be retried.");
        assertThat(fixture.audited.getLast().errorCode()).isEqualTo("KMSInternalException");
    }

    @Test
    void answersNothingThatCannotBeRecorded() {
        Lifecycle unrecorded = new Lifecycle(
                fixture.clock,
                new InMemoryMetadataStore(),
                new InMemoryToken("test"),
                new AuditSink() {
                    @Override
                    public void write(AuditEvent event) {
                        throw new AuditException("disk full", new IOException());
                    }

                    @Override
                    public void close() {}
                },
                new ListedPrincipals());

        assertRefused(() -> new Running(unrecorded).keys(), ErrorCode.INTERNAL);
    }

    @Test
    void letsNobodyIntoAnotherAccountAndTellsNothingOfIt() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        String absent = KeyId.random().arn(key.scope());

        for (String arn : List.of(key.arn(), absent, key.scope().arn("alias/none"))) {
            assertRefused(
                    () -> running.requestAs(
                            Fixture.caller("999988887777"), Operation.ENCRYPT, arn, (call, on) -> on.key()),
                    ErrorCode.ACCESS_DENIED,
                    ("User: arn:aws:iam::999988887777:root is not authorized to perform: kms:Encrypt on resource: %s "
                                    + "because the resource does not exist in this Region, no resource-based policies "
                                    + "allow access, or a resource-based policy explicitly denies access")
                            .formatted(arn));
        }
        assertRefused(
                () -> running.requestAs(
                        Fixture.caller("999988887777"),
                        Operation.ENCRYPT,
                        key.id().value(),
                        (call, on) -> on.key()),
                ErrorCode.NOT_FOUND);
    }

    @Test
    void aForeignCiphertextIsRefusedAsAnUnknownOne() {
        byte[] blob = running.encrypt(running.create(Origin.AWS_KMS).id().value(), MESSAGE);

        assertRefused(
                () -> running.lifecycle()
                        .path()
                        .handle(
                                Fixture.caller("999988887777"),
                                "Decrypt",
                                () -> Request.of(Operation.DECRYPT, Fixture.caller("999988887777"))
                                        .onCiphertext(blob, null, Fixture.CONTEXT, "kms:Decrypt")
                                        .performs((call, on) -> on.key())),
                ErrorCode.ACCESS_DENIED,
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or "
                        + "you are not allowed to access.");
    }

    @Test
    void namesOfKeysAreTakenAsAwsTakesThem() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        String account = "arn:aws:kms:us-east-1:111122223333:";
        assertNotFound("fake-key-id", "Invalid keyId 'fake-key-id'");
        assertNotFound("134f2428cec14b25a1ae9048164dba47", "Invalid keyId '134f2428cec14b25a1ae9048164dba47'");
        assertNotFound("mrk-fake-key-id", "Invalid keyId 'mrk-fake-key-id'");
        String absent = "12345678-1234-1234-1234-123456789012";
        assertNotFound(absent, "Key '%skey/%s' does not exist".formatted(account, absent));
        assertNotFound(account + "key/" + absent, "Key '%skey/%s' does not exist".formatted(account, absent));
        assertNotFound("arn:aws:kms:eu-west-1:111122223333:key/" + key.id(), "Invalid arn eu-west-1");
        assertNotFound("alias/none", "Alias %salias/none is not found.".formatted(account));
        String multiRegion = "mrk-0123456789abcdef0123456789abcdef";
        assertNotFound(multiRegion, "Key '%skey/%s' does not exist".formatted(account, multiRegion));
        assertRefused(
                () -> running.request(Operation.ENABLE_KEY, "alias/none", (call, on) -> on.key()),
                ErrorCode.NOT_FOUND,
                "Invalid keyId 'alias/none'");
        assertRefused(
                () -> running.request(Operation.ENABLE_KEY, "arn:aws:s3:::bucket", (call, on) -> on.key()),
                ErrorCode.INVALID_ARN);
    }

    @Test
    void aliasesStandForTheirKeys() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        KeyRecord other = running.create(Origin.AWS_KMS);
        alias("alias/app", key);

        assertThat(running.decrypt(running.encrypt("alias/app", MESSAGE))).isEqualTo(MESSAGE);
        assertRefused(
                () -> alias("alias/app", other),
                ErrorCode.ALREADY_EXISTS,
                "An alias with the name arn:aws:kms:us-east-1:111122223333:alias/app already exists");
    }

    @Test
    void aKeyEndsWithItsDeletionDateWhetherOrNotAnyoneHasSwept() {
        KeyRecord key = running.create(Origin.AWS_KMS);
        String id = key.id().value();
        byte[] blob = running.encrypt(id, MESSAGE);
        alias("alias/app", key);
        running.disable(id);
        running.scheduleDeletion(id);
        assertRefused(() -> running.encrypt(id, MESSAGE), ErrorCode.INVALID_STATE, key.arn() + " is pending deletion.");
        fixture.clock.move(Duration.ofDays(7));

        assertRefused(() -> running.decrypt(blob), ErrorCode.ACCESS_DENIED);
        assertRefused(() -> running.cancelDeletion(id), ErrorCode.NOT_FOUND);

        running.lifecycle().maintenance().run();
        assertThat(fixture.token.objects(fixture.store.installation()))
                .noneMatch(object -> object.label().contains(id));
        assertThat(fixture.store.findAlias(Fixture.SCOPE, "alias/app")).isEmpty();
        assertThat(running.keys()).isEmpty();
    }

    @Test
    void aCancelledDeletionLeavesTheKeyDisabled() {
        String id = running.create(Origin.AWS_KMS).id().value();
        running.scheduleDeletion(id);
        running.cancelDeletion(id);

        assertThat(running.state(id)).isEqualTo(KeyState.DISABLED);
        running.enable(id);
        assertThat(running.state(id)).isEqualTo(KeyState.ENABLED);

        String empty = running.create(Origin.EXTERNAL).id().value();
        running.scheduleDeletion(empty);
        running.cancelDeletion(empty);
        assertThat(running.state(empty)).isEqualTo(KeyState.PENDING_IMPORT);
    }

    @Test
    void importedMaterialComesGoesAndComesBack() {
        KeyRecord key = running.create(Origin.EXTERNAL);
        String id = key.id().value();
        assertRefused(() -> running.encrypt(id, MESSAGE), ErrorCode.INVALID_STATE, key.arn() + " is pending import.");

        MaterialId first = running.importMaterial(id, MATERIAL, null);
        byte[] blob = running.encrypt(id, MESSAGE);
        running.disable(id);
        running.deleteMaterial(id);
        assertThat(running.state(id)).isEqualTo(KeyState.PENDING_IMPORT);
        running.deleteMaterial(id);

        assertRefused(() -> running.importMaterial(id, new byte[32], null), ErrorCode.INCORRECT_KEY_MATERIAL);
        assertThat(running.importMaterial(id, MATERIAL, null)).isEqualTo(first);
        assertThat(running.state(id)).isEqualTo(KeyState.ENABLED);
        assertThat(running.decrypt(blob)).isEqualTo(MESSAGE);
        assertThat(running.importMaterial(running.create(Origin.EXTERNAL).id().value(), MATERIAL, null))
                .as("the same bytes in another key")
                .isNotEqualTo(first);
    }

    @Test
    void importedMaterialExpiresWhetherOrNotAnyoneHasSwept() {
        String id = running.create(Origin.EXTERNAL).id().value();
        running.importMaterial(id, MATERIAL, fixture.clock.instant().plus(Duration.ofDays(1)));
        byte[] blob = running.encrypt(id, MESSAGE);
        fixture.clock.move(Duration.ofDays(1));

        assertRefused(() -> running.decrypt(blob), ErrorCode.INVALID_STATE);
        running.lifecycle().maintenance().run();
        assertThat(running.lifecycle().inventory().compare().rows())
                .isEqualTo(ServicePurpose.values().length + 1 - 1 + wrappingKeys());

        running.importMaterial(id, MATERIAL, null);
        assertThat(running.decrypt(blob)).isEqualTo(MESSAGE);
    }

    @Test
    void importTokensAreBoundAndEnd() {
        String id = running.create(Origin.EXTERNAL).id().value();
        String other = running.create(Origin.EXTERNAL).id().value();
        Imports.Parameters parameters = running.parameters(id);
        byte[] wrapped = Fixture.wrap(parameters.publicKey(), MATERIAL);
        byte[] forged = parameters.importToken().clone();
        forged[forged.length - 1] ^= 1;

        assertRefused(() -> running.importMaterial(other, parameters, wrapped, null), ErrorCode.INVALID_IMPORT_TOKEN);
        assertRefused(
                () -> running.importMaterial(
                        id,
                        new Imports.Parameters(forged, parameters.publicKey(), parameters.validTo()),
                        wrapped,
                        null),
                ErrorCode.INVALID_IMPORT_TOKEN);
        assertRefused(() -> running.importMaterial(id, parameters, new byte[256], null), ErrorCode.INVALID_CIPHERTEXT);
        assertRefused(
                () -> running.importMaterial(id, parameters, Fixture.wrap(parameters.publicKey(), new byte[31]), null),
                ErrorCode.INVALID_CIPHERTEXT);
        fixture.clock.move(Duration.ofHours(24));
        assertRefused(() -> running.importMaterial(id, parameters, wrapped, null), ErrorCode.EXPIRED_IMPORT_TOKEN);
        running.lifecycle().maintenance().run();
        assertThat(fixture.store.listAllWrappingKeys()).isEmpty();
        assertThat(running.state(id)).isEqualTo(KeyState.PENDING_IMPORT);
    }

    @Test
    void aFourthWrappingKeyTakesThePlaceOfTheOldest() {
        String id = running.create(Origin.EXTERNAL).id().value();
        Imports.Parameters first = running.parameters(id);
        for (int i = 0; i < 3; i++) {
            fixture.clock.move(Duration.ofSeconds(1));
            running.parameters(id);
        }

        assertThat(fixture.store.listAllWrappingKeys()).hasSize(3);
        assertRefused(
                () -> running.importMaterial(id, first, Fixture.wrap(first.publicKey(), MATERIAL), null),
                ErrorCode.EXPIRED_IMPORT_TOKEN);
    }

    @Test
    void dueKeysRotateAndOldCiphertextsStillDecrypt() {
        String id = running.create(Origin.AWS_KMS).id().value();
        byte[] blob = running.encrypt(id, MESSAGE);
        running.enableRotation(id, 90);
        fixture.clock.move(Duration.ofDays(90));
        running.lifecycle().maintenance().run();
        running.lifecycle().maintenance().run();

        KeyRecord rotated = fixture.store.findKey(Fixture.SCOPE, new KeyId(id)).orElseThrow();
        assertThat(rotated.materials()).hasSize(2);
        assertThat(rotated.nextRotationDate()).isEqualTo(fixture.clock.instant().plus(Duration.ofDays(90)));
        assertThat(running.decrypt(blob)).isEqualTo(MESSAGE);
        assertThat(running.decrypt(running.encrypt(id, MESSAGE))).isEqualTo(MESSAGE);
    }

    @Test
    void disabledKeysDoNotRotateUntilTheyAreEnabled() {
        String id = running.create(Origin.AWS_KMS).id().value();
        running.enableRotation(id, 90);
        running.disable(id);
        fixture.clock.move(Duration.ofDays(400));
        running.lifecycle().maintenance().run();
        assertThat(materialsOf(id)).isEqualTo(1);

        running.enable(id);
        running.lifecycle().maintenance().run();
        assertThat(materialsOf(id)).isEqualTo(2);
    }

    @Test
    void anEncryptionContextIsNeededAgain() {
        byte[] blob = running.encrypt(running.create(Origin.AWS_KMS).id().value(), MESSAGE);

        assertRefused(() -> running.decrypt(blob, EncryptionContext.EMPTY), ErrorCode.INVALID_CIPHERTEXT);
        assertRefused(
                () -> running.decrypt(blob, new EncryptionContext(Map.of("purpose", "tesT"))),
                ErrorCode.INVALID_CIPHERTEXT);
    }

    @Test
    void aDryRunChangesNothing() {
        String id = running.create(Origin.AWS_KMS).id().value();

        assertRefused(
                () -> running.lifecycle()
                        .path()
                        .handle(
                                Running.CALLER,
                                "DisableKey",
                                () -> Request.of(Operation.DISABLE_KEY, Running.CALLER)
                                        .onKey(id)
                                        .dryRun(true)
                                        .performs((call, on) -> {
                                            running.lifecycle().keys().disable(on.key());
                                            return true;
                                        })),
                ErrorCode.DRY_RUN_OPERATION,
                "The request would have succeeded, but the DryRun option is set.");
        assertThat(running.state(id)).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void aDisableWaitsForWhatIsUnderWay() throws Exception {
        String id = running.create(Origin.AWS_KMS).id().value();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Boolean> use = threads.submit(() -> running.request(Operation.ENCRYPT, id, (call, on) -> {
                inside.countDown();
                try {
                    letGo.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                return on.key().enabled();
            }));
            inside.await();
            Future<?> disable = threads.submit(() -> running.disable(id));
            assertThat(fixture.store
                            .findKey(Fixture.SCOPE, new KeyId(id))
                            .orElseThrow()
                            .enabled())
                    .isTrue();
            assertThat(disable.isDone()).isFalse();
            letGo.countDown();
            assertThat(use.get()).isTrue();
            disable.get();
        }
        assertRefused(() -> running.encrypt(id, MESSAGE), ErrorCode.DISABLED);
    }

    @Test
    void concurrentChangesOfOneKeyAllHappen() throws Exception {
        String id = running.create(Origin.AWS_KMS).id().value();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Object>> changes = IntStream.range(0, 40)
                    .mapToObj(i ->
                            threads.submit(() -> running.<Object>request(Operation.TAG_RESOURCE, id, (call, on) -> {
                                running.lifecycle()
                                        .tags()
                                        .put(on.key(), Tags.distinct(List.of(Map.entry("tag" + i, "value"))));
                                return true;
                            })))
                    .toList();
            for (Future<Object> change : changes) {
                change.get();
            }
        }
        assertThat(fixture.store
                        .findKey(Fixture.SCOPE, new KeyId(id))
                        .orElseThrow()
                        .tags())
                .hasSize(40);
    }

    @Test
    void aTokenThatCannotDeriveEncryptsDirectlyWithinABudget() {
        Fixture direct = new Fixture(InMemoryToken.DIRECT);
        Running process = direct.start();
        String id = process.create(Origin.AWS_KMS).id().value();
        byte[] blob = process.encrypt(id, MESSAGE);
        KeyRecord key = direct.store.findKey(Fixture.SCOPE, new KeyId(id)).orElseThrow();
        assertThat(key.current().orElseThrow().encryptionsLeased()).isPositive().isLessThan(EncryptionBudget.LIMIT);

        direct.store.updateKey(key.toBuilder()
                .material(key.current().orElseThrow().withEncryptionsLeased(EncryptionBudget.LIMIT))
                .build());
        Running next = direct.start();
        byte[] second = next.encrypt(id, MESSAGE);

        assertThat(direct.store
                        .findKey(Fixture.SCOPE, new KeyId(id))
                        .orElseThrow()
                        .materials())
                .hasSize(2);
        assertThat(next.decrypt(blob)).isEqualTo(MESSAGE);
        assertThat(next.decrypt(second)).isEqualTo(MESSAGE);
    }

    private void alias(String name, KeyRecord key) {
        running.lifecycle()
                .path()
                .handle(
                        Running.CALLER,
                        "CreateAlias",
                        () -> Request.of(Operation.CREATE_ALIAS, Running.CALLER)
                                .onNewAlias(name)
                                .onKey(key.id().value())
                                .performs((call, on) -> {
                                    running.lifecycle().aliases().create(call, name, on.key());
                                    return true;
                                }));
    }

    private int materialsOf(String id) {
        return fixture.store
                .findKey(Fixture.SCOPE, new KeyId(id))
                .orElseThrow()
                .materials()
                .size();
    }

    private int wrappingKeys() {
        return fixture.store.listAllWrappingKeys().size();
    }

    private void assertNotFound(String keyId, String message) {
        assertRefused(() -> running.encrypt(keyId, MESSAGE), ErrorCode.NOT_FOUND, message);
    }

    private static void assertRefused(ThrowingCallable request, ErrorCode code) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KeywardException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static void assertRefused(ThrowingCallable request, ErrorCode code, String message) {
        assertThatThrownBy(request).isInstanceOfSatisfying(KeywardException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.getMessage()).isEqualTo(message);
        });
    }
}
