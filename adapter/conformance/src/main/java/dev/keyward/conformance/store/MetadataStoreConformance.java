package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.FOREIGN_SCOPES;
import static dev.keyward.conformance.store.Rows.NOW;
import static dev.keyward.conformance.store.Rows.SCOPE;
import static dev.keyward.conformance.store.Rows.alias;
import static dev.keyward.conformance.store.Rows.fullKey;
import static dev.keyward.conformance.store.Rows.generated;
import static dev.keyward.conformance.store.Rows.grant;
import static dev.keyward.conformance.store.Rows.grantId;
import static dev.keyward.conformance.store.Rows.grantTo;
import static dev.keyward.conformance.store.Rows.grantToService;
import static dev.keyward.conformance.store.Rows.imported;
import static dev.keyward.conformance.store.Rows.invisibleKey;
import static dev.keyward.conformance.store.Rows.key;
import static dev.keyward.conformance.store.Rows.keyId;
import static dev.keyward.conformance.store.Rows.materialId;
import static dev.keyward.conformance.store.Rows.namedGrant;
import static dev.keyward.conformance.store.Rows.reference;
import static dev.keyward.conformance.store.Rows.tags;
import static dev.keyward.conformance.store.Rows.usage;
import static dev.keyward.conformance.store.Rows.wrappingKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Origin;
import dev.keyward.contract.Page;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import dev.keyward.contract.WrappingKeyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promises of {@link MetadataStore}, one test each. A store runs them by extending this class; one that outlives its
 * process extends {@link PersistentMetadataStoreConformance}.
 */
public abstract class MetadataStoreConformance {
    private static final int THREADS = 8;

    private @Nullable MetadataStore opened;

    /** Opens a new, empty store. The suite closes it. */
    protected abstract MetadataStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() {
        store().close();
    }

    /** The store of this test. */
    final MetadataStore store() {
        if (opened == null) {
            throw new IllegalStateException("the store was not opened");
        }
        return opened;
    }

    /** Puts another opened store in the place of the one of this test. */
    final void replaceStore(MetadataStore store) {
        opened = store;
    }

    // Keys

    @Nested
    class Keys {
        @Test
        void everyFieldComesBack() {
            store().insertKey(fullKey(1));
            assertThat(store().findKey(SCOPE, keyId(1))).contains(fullKey(1));
        }

        @Test
        void absentFieldsComeBackAbsent() {
            KeyRecord bare = KeyRecord.builder(SCOPE, keyId(1)).createdAt(NOW).build();
            store().insertKey(bare);
            assertThat(store().findKey(SCOPE, keyId(1))).contains(bare);
        }

        @Test
        void invisibleKeysAreFoundToo() {
            store().insertKey(invisibleKey(1));
            assertThat(store().findKey(SCOPE, keyId(1))).contains(invisibleKey(1));
        }

        @Test
        void unknownKeysAreNotFound() {
            assertThat(store().findKey(SCOPE, keyId(1))).isEmpty();
        }

        @Test
        void keysBelongToTheirScopeAlone() {
            store().insertKey(key(1));
            for (Scope foreign : FOREIGN_SCOPES) {
                assertThat(store().findKey(foreign, keyId(1))).isEmpty();
                assertThat(store().listKeys(foreign, null, 10)).isEqualTo(new Page<>(List.of(), false));
                assertThat(store().countKeys(foreign)).isZero();
            }
        }

        @Test
        void anIdIsTakenInEveryScope() {
            store().insertKey(key(1));
            for (Scope scope : List.of(SCOPE, FOREIGN_SCOPES.get(0), FOREIGN_SCOPES.get(1))) {
                KeyRecord second =
                        key(scope, 1).toBuilder().description("second").build();
                assertRefused(Reason.EXISTS, () -> store().insertKey(second));
            }
            assertThat(store().findKey(SCOPE, keyId(1))).contains(key(1));
        }

        @Test
        void aNewKeyIsAtVersionOne() {
            KeyRecord late = key(1).toBuilder().version(2).build();
            assertThatThrownBy(() -> store().insertKey(late)).isInstanceOf(IllegalArgumentException.class);
            assertThat(store().countKeys(SCOPE)).isZero();
        }

        @Test
        void anUpdateReplacesEveryFieldAndRaisesTheVersion() {
            store().insertKey(key(1));
            KeyRecord next = store().updateKey(fullKey(1));
            assertThat(next).isEqualTo(fullKey(1).toBuilder().version(2).build());
            assertThat(store().findKey(SCOPE, keyId(1))).contains(next);
        }

        @Test
        void anUpdateTakesOptionalFieldsAway() {
            store().insertKey(fullKey(1));
            KeyRecord bare = KeyRecord.builder(SCOPE, keyId(1)).createdAt(NOW).build();
            assertThat(store().updateKey(bare))
                    .isEqualTo(bare.toBuilder().version(2).build());
            assertThat(store().findKey(SCOPE, keyId(1)))
                    .contains(bare.toBuilder().version(2).build());
        }

        @Test
        void anUpdateFromAnotherVersionIsStale() {
            store().insertKey(key(1));
            KeyRecord second = store().updateKey(key(1));
            KeyRecord lost = key(1).toBuilder()
                    .description("lost")
                    .tags(tags("lost", "yes"))
                    .materials(List.of())
                    .build();
            for (long version : new long[] {1, 3}) {
                assertRefused(
                        Reason.STALE,
                        () -> store().updateKey(
                                        lost.toBuilder().version(version).build()));
            }
            assertThat(store().findKey(SCOPE, keyId(1))).contains(second);
        }

        @Test
        void anUpdateOfAMissingKeyIsStale() {
            assertRefused(Reason.STALE, () -> store().updateKey(key(1)));
            assertThat(store().findKey(SCOPE, keyId(1))).isEmpty();
        }

        @Test
        void anUpdateOutOfAnotherScopeIsStale() {
            store().insertKey(key(1));
            for (Scope foreign : FOREIGN_SCOPES) {
                assertRefused(Reason.STALE, () -> store().updateKey(key(foreign, 1)));
                assertRefused(Reason.STALE, () -> store().deleteKey(key(foreign, 1)));
            }
            assertThat(store().findKey(SCOPE, keyId(1))).contains(key(1));
        }

        @Test
        void tagsKeepTheOrderInWhichTheirKeysWereGiven() {
            store().insertKey(key(1).toBuilder()
                    .tags(tags("c", "1", "a", "2", "b", "3"))
                    .build());
            SequencedMap<String, String> changed = tags("c", "1", "a", "changed", "b", "3", "A", "4");
            changed.remove("c");
            store().updateKey(key(1).toBuilder().tags(changed).build());
            assertThat(store().findKey(SCOPE, keyId(1)).orElseThrow().tags().sequencedEntrySet())
                    .containsExactlyElementsOf(changed.sequencedEntrySet());
        }

        @Test
        void materialsKeepTheirOrderThroughChangeAndRemoval() {
            store().insertKey(key(1).toBuilder()
                    .materials(List.of(
                            generated(7, MaterialPresence.PRESENT),
                            generated(2, MaterialPresence.PRESENT),
                            generated(5, MaterialPresence.PRESENT)))
                    .build());
            KeyRecord changed = key(1).toBuilder()
                    .materials(List.of(
                            generated(7, MaterialPresence.DESTROYING).withEncryptionsLeased(1_000),
                            generated(5, MaterialPresence.PRESENT),
                            generated(1, MaterialPresence.CREATING)))
                    .build();
            store().updateKey(changed);
            assertThat(store().findKey(SCOPE, keyId(1)).orElseThrow().materials())
                    .isEqualTo(changed.materials());
        }

        @Test
        void keysMayHaveMaterialsOfTheSameId() {
            store().insertKey(key(1));
            KeyRecord twin = key(2).toBuilder()
                    .materials(List.of(generated(1, MaterialPresence.PRESENT)))
                    .currentMaterial(materialId(1))
                    .build();
            store().insertKey(twin);
            store().deleteKey(key(1));
            assertThat(store().findKey(SCOPE, keyId(2))).contains(twin);
        }

        @Test
        void instantsAreCutToTheMicrosecond() {
            Instant fine = Instant.parse("2026-02-03T04:05:06.123456789Z");
            Instant early = Instant.parse("1901-02-03T04:05:06.000000999Z");
            KeyRecord given = key(1).toBuilder()
                    .createdAt(early)
                    .deletion(fine, 7)
                    .rotation(90, fine)
                    .materials(List.of(imported(1, MaterialPresence.PRESENT, fine)))
                    .build();
            KeyRecord kept = given.toBuilder()
                    .createdAt(Instant.parse("1901-02-03T04:05:06Z"))
                    .deletion(NOW, 7)
                    .rotation(90, NOW)
                    .materials(List.of(imported(1, MaterialPresence.PRESENT, NOW)))
                    .build();
            store().insertKey(given);
            assertThat(store().findKey(SCOPE, keyId(1))).contains(kept);
            assertThat(store().updateKey(given))
                    .isEqualTo(kept.toBuilder().version(2).build());
        }

        @Test
        void listingSkipsInvisibleKeysAndCountingDoesNot() {
            store().insertKey(key(3));
            store().insertKey(invisibleKey(2));
            KeyRecord pendingImport = KeyRecord.builder(SCOPE, keyId(1))
                    .origin(Origin.EXTERNAL)
                    .createdAt(NOW)
                    .build();
            store().insertKey(pendingImport);
            assertThat(store().listKeys(SCOPE, null, 10)).isEqualTo(new Page<>(List.of(keyId(1), keyId(3)), false));
            assertThat(store().countKeys(SCOPE)).isEqualTo(3);
        }

        @Test
        void aKeyBecomesVisibleWithItsCurrentMaterial() {
            store().insertKey(invisibleKey(1));
            store().updateKey(key(1));
            assertThat(store().listKeys(SCOPE, null, 10).items()).containsExactly(keyId(1));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 6, 7, 8})
        void pagesCoverAllKeysInOrder(int limit) {
            List<KeyId> ids = List.of(
                    keyId(0x00000001),
                    keyId(0x00000009),
                    keyId(0x0000000a),
                    keyId(0x10000000),
                    keyId(0x9fffffff),
                    keyId(0xa0000000),
                    keyId(0xffffffff));
            for (KeyId id : ids.reversed()) {
                store().insertKey(KeyRecord.builder(SCOPE, id)
                        .origin(Origin.EXTERNAL)
                        .createdAt(NOW)
                        .build());
            }
            assertThat(MetadataStoreConformance.<KeyId, KeyId>pages(
                            limit, id -> id, after -> store().listKeys(SCOPE, after, limit)))
                    .isEqualTo(ids);
            assertThat(pages(limit, KeyRecord::id, after -> store().listAllKeys(after, limit)))
                    .extracting(KeyRecord::id)
                    .isEqualTo(ids);
        }

        @Test
        void aPageMayBeginAfterAnIdThatIsGone() {
            store().insertKey(key(1));
            store().insertKey(key(3));
            assertThat(store().listKeys(SCOPE, keyId(2), 10).items()).containsExactly(keyId(3));
        }

        @Test
        void aPageHasAtLeastOneRow() {
            assertThatThrownBy(() -> store().listKeys(SCOPE, null, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void allKeysAreThoseOfEveryScopeVisibleOrNot() {
            List<KeyRecord> all =
                    List.of(key(FOREIGN_SCOPES.get(0), 1), invisibleKey(2), fullKey(3), key(FOREIGN_SCOPES.get(1), 4));
            all.forEach(store()::insertKey);
            assertThat(store().listAllKeys(null, 10)).isEqualTo(new Page<>(all, false));
        }

        @Test
        void deletingTakesAlongAllThatHangsOnTheKey() {
            store().insertKey(key(1));
            store().insertKey(key(2));
            for (KeyRecord key : List.of(key(1), key(2))) {
                store().insertAlias(alias(key, "of-" + key.id()), 1);
                store().insertGrant(namedGrant(key, key.id().hashCode(), "name"), 1);
                store().insertWrappingKey(wrappingKey(key), 1);
            }
            store().deleteKey(key(1));

            assertThat(store().findKey(SCOPE, keyId(1))).isEmpty();
            assertThat(store().findAlias(SCOPE, alias(key(1), "of-" + keyId(1)).name()))
                    .isEmpty();
            assertThat(store().countAliases(SCOPE, keyId(1))).isZero();
            assertThat(store().countGrants(SCOPE, keyId(1))).isZero();
            assertThat(store().listWrappingKeys(SCOPE, keyId(1))).isEmpty();

            assertThat(store().countAliases(SCOPE, keyId(2))).isEqualTo(1);
            assertThat(store().countGrants(SCOPE, keyId(2))).isEqualTo(1);
            assertThat(store().listWrappingKeys(SCOPE, keyId(2))).hasSize(1);
            assertThat(store().countWrappingKeys(SCOPE.account())).isEqualTo(1);
        }

        @Test
        void deletingFromAnotherVersionIsStale() {
            store().insertKey(key(1));
            store().insertAlias(alias(key(1), "kept"), 1);
            KeyRecord second = store().updateKey(key(1));
            assertRefused(Reason.STALE, () -> store().deleteKey(key(1)));
            assertThat(store().findKey(SCOPE, keyId(1))).contains(second);
            assertThat(store().findAlias(SCOPE, "alias/kept")).isPresent();

            store().deleteKey(second);
            assertRefused(Reason.STALE, () -> store().deleteKey(second));
        }

        @Test
        void aDeletedIdIsFree() {
            store().insertKey(fullKey(1));
            store().deleteKey(fullKey(1));
            store().insertKey(key(1));
            assertThat(store().findKey(SCOPE, keyId(1))).contains(key(1));
        }
    }

    // Background work on keys

    /** One key and whether it has work at {@code NOW}, with materials that are CREATING since an hour or more. */
    record WorkCase(String name, KeyRecord key, boolean hasWork) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Nested
    class KeysWithWork {
        private static final Instant CREATING_BEFORE = NOW.minus(Duration.ofHours(1));
        private static final Instant PAST = NOW.minusNanos(1_000);
        private static final Instant FUTURE = NOW.plusNanos(1_000);

        static Stream<WorkCase> cases() {
            return Stream.of(
                    work("nothing due", key(1), false),
                    work(
                            "without material",
                            key(1).toBuilder().materials(List.of()).build(),
                            false),
                    // deletion
                    work("deletion passed", key(1).toBuilder().deletion(PAST, 7).build(), true),
                    work("deletion now", key(1).toBuilder().deletion(NOW, 7).build(), true),
                    work(
                            "deletion ahead",
                            key(1).toBuilder().deletion(FUTURE, 7).build(),
                            false),
                    work(
                            "deletion passed, disabled",
                            key(1).toBuilder().enabled(false).deletion(PAST, 7).build(),
                            true),
                    work(
                            "deletion passed, invisible",
                            invisibleKey(1).toBuilder().deletion(PAST, 7).build(),
                            true),
                    // rotation
                    work(
                            "rotation passed",
                            key(1).toBuilder().rotation(90, PAST).build(),
                            true),
                    work("rotation now", key(1).toBuilder().rotation(90, NOW).build(), true),
                    work(
                            "rotation ahead",
                            key(1).toBuilder().rotation(90, FUTURE).build(),
                            false),
                    work(
                            "rotation passed, disabled",
                            key(1).toBuilder().enabled(false).rotation(90, PAST).build(),
                            false),
                    work(
                            "rotation passed, pending deletion",
                            key(1).toBuilder()
                                    .deletion(FUTURE, 7)
                                    .rotation(90, PAST)
                                    .build(),
                            false),
                    // expiry
                    work("present, expired", imported(MaterialPresence.PRESENT, PAST), true),
                    work("present, expires now", imported(MaterialPresence.PRESENT, NOW), true),
                    work("present, expires later", imported(MaterialPresence.PRESENT, FUTURE), false),
                    work("absent, once expired", imported(MaterialPresence.ABSENT, PAST), false),
                    work(
                            "present, expired, disabled",
                            imported(MaterialPresence.PRESENT, PAST).toBuilder()
                                    .enabled(false)
                                    .build(),
                            true),
                    work(
                            "an older material expired",
                            key(1).toBuilder()
                                    .materials(List.of(
                                            Rows.imported(4, MaterialPresence.PRESENT, PAST),
                                            generated(1, MaterialPresence.PRESENT)))
                                    .build(),
                            true),
                    // intentions
                    work("destroying", since(MaterialPresence.DESTROYING, NOW), true),
                    work("destroying, invisible", invisible(since(MaterialPresence.DESTROYING, NOW)), true),
                    work("creating, just begun", since(MaterialPresence.CREATING, NOW), false),
                    work("creating, at the limit", since(MaterialPresence.CREATING, CREATING_BEFORE), false),
                    work(
                            "creating, beyond the limit",
                            since(MaterialPresence.CREATING, CREATING_BEFORE.minusNanos(1_000)),
                            true),
                    work(
                            "creating, beyond the limit, invisible",
                            invisible(since(MaterialPresence.CREATING, CREATING_BEFORE.minusNanos(1_000))),
                            true),
                    work(
                            "present since long ago",
                            since(MaterialPresence.PRESENT, CREATING_BEFORE.minusNanos(1_000)),
                            false),
                    work(
                            "absent since long ago",
                            since(MaterialPresence.ABSENT, CREATING_BEFORE.minusNanos(1_000)),
                            false));
        }

        private static WorkCase work(String name, KeyRecord key, boolean hasWork) {
            return new WorkCase(name, key, hasWork);
        }

        private static KeyRecord imported(MaterialPresence presence, Instant validTo) {
            return key(1).toBuilder()
                    .origin(Origin.EXTERNAL)
                    .materials(List.of(Rows.imported(1, presence, validTo)))
                    .build();
        }

        /** Changed at {@code changedAt}, made long before: only the change counts. */
        private static KeyRecord since(MaterialPresence presence, Instant changedAt) {
            MaterialRecord material = new MaterialRecord(
                    materialId(2),
                    reference("m2"),
                    presence,
                    NOW.minus(Duration.ofDays(400)),
                    changedAt,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    0);
            return key(1).toBuilder().material(material).build();
        }

        private static KeyRecord invisible(KeyRecord key) {
            return key.toBuilder().currentMaterial(null).build();
        }

        @ParameterizedTest
        @MethodSource("cases")
        void workIsFoundWhereItIs(WorkCase one) {
            store().insertKey(one.key);
            assertThat(store().findKeysWithWork(NOW, CREATING_BEFORE, null, 10).items())
                    .isEqualTo(one.hasWork ? List.of(one.key) : List.of());
        }

        @ParameterizedTest
        @MethodSource("cases")
        void workIsFoundAfterAChangeToo(WorkCase one) {
            store().insertKey(fullKey(1));
            KeyRecord changed = store().updateKey(one.key);
            assertThat(store().findKeysWithWork(NOW, CREATING_BEFORE, null, 10).items())
                    .isEqualTo(one.hasWork ? List.of(changed) : List.of());
        }

        @Test
        void aKeyWithSeveralReasonsIsFoundOnce() {
            KeyRecord busy = key(1).toBuilder()
                    .rotation(90, PAST)
                    .materials(List.of(
                            Rows.imported(4, MaterialPresence.PRESENT, PAST),
                            Rows.imported(5, MaterialPresence.PRESENT, PAST),
                            generated(6, MaterialPresence.DESTROYING)))
                    .build();
            store().insertKey(busy);
            assertThat(store().findKeysWithWork(NOW, CREATING_BEFORE, null, 10))
                    .isEqualTo(new Page<>(List.of(busy), false));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void pagesCoverTheWorkOfEveryScope(int limit) {
            List<KeyRecord> due =
                    List.of(due(key(FOREIGN_SCOPES.get(0), 1)), due(key(3)), due(key(FOREIGN_SCOPES.get(1), 5)));
            due.reversed().forEach(store()::insertKey);
            store().insertKey(key(2));
            store().insertKey(key(4));
            assertThat(pages(
                            limit,
                            KeyRecord::id,
                            after -> store().findKeysWithWork(NOW, CREATING_BEFORE, after, limit)))
                    .isEqualTo(due);
        }

        private static KeyRecord due(KeyRecord key) {
            return key.toBuilder().deletion(PAST, 7).build();
        }
    }

    // Aliases

    @Nested
    class Aliases {
        @BeforeEach
        void insertTargets() {
            store().insertKey(key(1));
            store().insertKey(key(2));
        }

        @Test
        void everyFieldComesBack() {
            AliasRecord alias = alias(key(1), "app/main_1");
            store().insertAlias(alias, 1);
            assertThat(store().findAlias(SCOPE, "alias/app/main_1")).contains(alias);
        }

        @Test
        void namesDifferByCase() {
            store().insertAlias(alias(key(1), "app"), 1);
            assertThat(store().findAlias(SCOPE, "alias/App")).isEmpty();
            store().insertAlias(alias(key(2), "App"), 1);
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));
            assertThat(store().findAlias(SCOPE, "alias/App")).contains(alias(key(2), "App"));
        }

        @Test
        void instantsAreCutToTheMicrosecond() {
            AliasRecord fine =
                    new AliasRecord(SCOPE, "alias/fine", keyId(1), NOW.plusNanos(999), NOW.plusNanos(1_001_999));
            store().insertAlias(fine, 1);
            assertThat(store().findAlias(SCOPE, "alias/fine"))
                    .contains(new AliasRecord(SCOPE, "alias/fine", keyId(1), NOW, NOW.plusNanos(1_001_000)));
        }

        @Test
        void aNameIsTakenInItsScopeAlone() {
            store().insertAlias(alias(key(1), "app"), 1);
            assertRefused(Reason.EXISTS, () -> store().insertAlias(alias(key(2), "app"), 1));
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));

            KeyRecord foreign = key(FOREIGN_SCOPES.get(0), 3);
            store().insertKey(foreign);
            store().insertAlias(alias(foreign, "app"), 1);
            assertThat(store().findAlias(foreign.scope(), "alias/app")).contains(alias(foreign, "app"));
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));
            assertThat(store().findAlias(FOREIGN_SCOPES.get(1), "alias/app")).isEmpty();
        }

        @Test
        void anAliasOfAKeyThatMovedOnIsStale() {
            store().updateKey(key(1));
            assertRefused(Reason.STALE, () -> store().insertAlias(alias(key(1), "app"), 1));
            assertRefused(Reason.STALE, () -> store().insertAlias(alias(key(1), "app"), 3));
            assertThat(store().findAlias(SCOPE, "alias/app")).isEmpty();
            store().insertAlias(alias(key(1), "app"), 2);
            assertThat(store().findAlias(SCOPE, "alias/app")).isPresent();
        }

        @Test
        void anAliasOfAKeyThatIsNotInItsScopeIsStale() {
            assertRefused(Reason.STALE, () -> store().insertAlias(alias(key(9), "app"), 1));
            assertRefused(Reason.STALE, () -> store().insertAlias(alias(key(FOREIGN_SCOPES.get(0), 1), "app"), 1));
            assertThat(store().findAlias(SCOPE, "alias/app")).isEmpty();
            assertThat(store().findAlias(FOREIGN_SCOPES.get(0), "alias/app")).isEmpty();
        }

        @Test
        void anUpdatePointsItAtAnotherKey() {
            store().insertAlias(alias(key(1), "app"), 1);
            AliasRecord changed = new AliasRecord(
                    SCOPE, "alias/app", keyId(2), NOW, NOW.plusSeconds(60).plusNanos(999));
            store().updateAlias(changed, keyId(1), 1);
            assertThat(store().findAlias(SCOPE, "alias/app"))
                    .contains(new AliasRecord(SCOPE, "alias/app", keyId(2), NOW, NOW.plusSeconds(60)));
            assertThat(store().countAliases(SCOPE, keyId(1))).isZero();
            assertThat(store().countAliases(SCOPE, keyId(2))).isEqualTo(1);
        }

        @Test
        void anUpdateKeepsWhenItWasCreated() {
            store().insertAlias(alias(key(1), "app"), 1);
            Instant later = NOW.plusSeconds(60);
            store().updateAlias(new AliasRecord(SCOPE, "alias/app", keyId(2), later, later), keyId(1), 1);
            assertThat(store().findAlias(SCOPE, "alias/app"))
                    .contains(new AliasRecord(SCOPE, "alias/app", keyId(2), NOW, later));
        }

        @Test
        void anUpdateOfAnAliasThatMovedOnIsStale() {
            store().insertAlias(alias(key(1), "app"), 1);
            assertRefused(Reason.STALE, () -> store().updateAlias(alias(key(2), "app"), keyId(2), 1));
            assertRefused(Reason.STALE, () -> store().updateAlias(alias(key(2), "other"), keyId(1), 1));
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));
            assertThat(store().findAlias(SCOPE, "alias/other")).isEmpty();
        }

        @Test
        void anUpdateToAKeyThatMovedOnIsStale() {
            store().insertAlias(alias(key(1), "app"), 1);
            store().updateKey(key(2));
            assertRefused(Reason.STALE, () -> store().updateAlias(alias(key(2), "app"), keyId(1), 1));
            assertRefused(Reason.STALE, () -> store().updateAlias(alias(key(9), "app"), keyId(1), 1));
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));
        }

        @Test
        void anUpdateOutOfAnotherScopeIsStale() {
            store().insertAlias(alias(key(1), "app"), 1);
            KeyRecord foreign = key(FOREIGN_SCOPES.get(0), 3);
            store().insertKey(foreign);
            assertRefused(Reason.STALE, () -> store().updateAlias(alias(foreign, "app"), keyId(1), 1));
            assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(key(1), "app"));
        }

        @Test
        void deletingSaysWhetherItWasThere() {
            store().insertAlias(alias(key(1), "app"), 1);
            for (Scope foreign : FOREIGN_SCOPES) {
                assertThat(store().deleteAlias(foreign, "alias/app")).isFalse();
            }
            assertThat(store().findAlias(SCOPE, "alias/app")).isPresent();
            assertThat(store().deleteAlias(SCOPE, "alias/app")).isTrue();
            assertThat(store().deleteAlias(SCOPE, "alias/app")).isFalse();
            assertThat(store().findAlias(SCOPE, "alias/app")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 8})
        void pagesCoverAllNamesInTheOrderOfTheirBytes(int limit) {
            List<AliasRecord> sorted = Stream.of("-", "1", "10", "2", "A", "_", "a")
                    .map(name -> alias(key(1), name))
                    .toList();
            sorted.reversed().forEach(alias -> store().insertAlias(alias, 1));
            assertThat(pages(limit, AliasRecord::name, after -> store().listAliases(SCOPE, null, after, limit)))
                    .isEqualTo(sorted);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void pagesOfOneKeyHoldItsAliasesAlone(int limit) {
            KeyRecord foreign = key(FOREIGN_SCOPES.get(0), 3);
            store().insertKey(foreign);
            List<AliasRecord> wanted = List.of(alias(key(1), "b"), alias(key(1), "d"));
            wanted.forEach(alias -> store().insertAlias(alias, 1));
            store().insertAlias(alias(key(2), "a"), 1);
            store().insertAlias(alias(key(2), "c"), 1);
            store().insertAlias(alias(foreign, "b"), 1);
            assertThat(pages(limit, AliasRecord::name, after -> store().listAliases(SCOPE, keyId(1), after, limit)))
                    .isEqualTo(wanted);
            assertThat(store().listAliases(SCOPE, null, null, 10).items()).hasSize(4);
            assertThat(store().countAliases(SCOPE, keyId(1))).isEqualTo(2);
            assertThat(store().countAliases(foreign.scope(), keyId(1))).isZero();
            assertThat(store().listAliases(foreign.scope(), keyId(1), null, 10).items())
                    .isEmpty();
        }
    }

    // Grants

    @Nested
    class Grants {
        @BeforeEach
        void insertKeys() {
            store().insertKey(key(1));
            store().insertKey(key(2));
        }

        @Test
        void everyFieldComesBack() {
            GrantRecord full = namedGrant(key(1), 1, Rows.UNICODE);
            store().insertGrant(full, 1);
            assertThat(store().findGrant(SCOPE, grantId(1))).contains(full);
        }

        @Test
        void absentFieldsComeBackAbsent() {
            store().insertGrant(grant(key(1), 1), 1);
            assertThat(store().findGrant(SCOPE, grantId(1))).contains(grant(key(1), 1));
        }

        @Test
        void grantsBelongToTheirScopeAlone() {
            store().insertGrant(namedGrant(key(1), 1, "name"), 1);
            for (Scope foreign : FOREIGN_SCOPES) {
                assertThat(store().findGrant(foreign, grantId(1))).isEmpty();
                assertThat(store().findGrantsByName(foreign, keyId(1), "name")).isEmpty();
                assertThat(store().listGrants(foreign, keyId(1), null, null, null, null, 10)
                                .items())
                        .isEmpty();
                assertThat(store().countGrants(foreign, keyId(1))).isZero();
                assertThat(store().deleteGrant(foreign, grantId(1))).isFalse();
            }
            assertThat(store().findGrant(SCOPE, grantId(1))).isPresent();
        }

        @Test
        void anIdIsTaken() {
            store().insertGrant(grant(key(1), 1), 1);
            assertRefused(Reason.EXISTS, () -> store().insertGrant(namedGrant(key(2), 1, "second"), 1));
            assertThat(store().findGrant(SCOPE, grantId(1))).contains(grant(key(1), 1));
        }

        @Test
        void aGrantOnAKeyThatMovedOnIsStale() {
            store().updateKey(key(1));
            assertRefused(Reason.STALE, () -> store().insertGrant(grant(key(1), 1), 1));
            assertRefused(Reason.STALE, () -> store().insertGrant(grant(key(1), 1), 3));
            assertThat(store().countGrants(SCOPE, keyId(1))).isZero();
            store().insertGrant(grant(key(1), 1), 2);
            assertThat(store().countGrants(SCOPE, keyId(1))).isEqualTo(1);
        }

        @Test
        void aGrantOnAKeyThatIsNotInItsScopeIsStale() {
            assertRefused(Reason.STALE, () -> store().insertGrant(grant(key(9), 1), 1));
            assertRefused(Reason.STALE, () -> store().insertGrant(grant(key(FOREIGN_SCOPES.get(0), 1), 1), 1));
            assertThat(store().findGrant(SCOPE, grantId(1))).isEmpty();
        }

        @Test
        void namesAreLookedUpWithinOneKey() {
            store().insertGrant(namedGrant(key(1), 1, "same"), 1);
            store().insertGrant(namedGrant(key(1), 2, "same"), 1);
            store().insertGrant(namedGrant(key(1), 3, "Same"), 1);
            store().insertGrant(grant(key(1), 4), 1);
            store().insertGrant(namedGrant(key(2), 5, "same"), 1);
            assertThat(store().findGrantsByName(SCOPE, keyId(1), "same"))
                    .containsExactlyInAnyOrder(namedGrant(key(1), 1, "same"), namedGrant(key(1), 2, "same"));
        }

        @Test
        void deletingSaysWhetherItWasThere() {
            store().insertGrant(grant(key(1), 1), 1);
            assertThat(store().deleteGrant(SCOPE, grantId(1))).isTrue();
            assertThat(store().deleteGrant(SCOPE, grantId(1))).isFalse();
            assertThat(store().findGrant(SCOPE, grantId(1))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void pagesCoverAKeysGrantsInOrder(int limit) {
            store().insertGrant(grant(key(2), 0xa0), 1);
            List<GrantRecord> sorted =
                    List.of(grant(key(1), 0x09), grantTo(key(1), 0x9f, "anna", "bert"), grant(key(1), 0xa1));
            sorted.reversed().forEach(grant -> store().insertGrant(grant, 1));
            assertThat(pages(
                            limit,
                            GrantRecord::id,
                            after -> store().listGrants(SCOPE, keyId(1), null, null, null, after, limit)))
                    .isEqualTo(sorted);
        }

        @Test
        void aListIsFilteredByAllThatIsGiven() {
            GrantRecord anna = grantTo(key(1), 1, "anna", "carl");
            GrantRecord bert = grantTo(key(1), 2, "bert", "carl");
            GrantRecord service = grantToService(key(1), 3, "anna", "carl");
            List.of(anna, bert, service).forEach(grant -> store().insertGrant(grant, 1));

            assertThat(filtered(null, null, null)).containsExactly(anna, bert, service);
            assertThat(filtered(grantId(2), null, null)).containsExactly(bert);
            assertThat(filtered(null, "anna", null)).containsExactly(anna);
            assertThat(filtered(null, null, "anna")).containsExactly(service);
            assertThat(filtered(grantId(1), "anna", null)).containsExactly(anna);
            assertThat(filtered(grantId(2), "anna", null)).isEmpty();
            assertThat(filtered(null, "anna", "anna")).isEmpty();
        }

        private List<GrantRecord> filtered(
                @Nullable String id, @Nullable String grantee, @Nullable String granteeService) {
            return store().listGrants(SCOPE, keyId(1), id, grantee, granteeService, null, 10)
                    .items();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void retirableGrantsAreThoseOfOneRegionOnKeysOfAnyAccount(int limit) {
            KeyRecord ofOtherAccount = key(Rows.SAME_REGION, 3);
            KeyRecord inOtherRegion = key(Rows.SAME_ACCOUNT, 4);
            store().insertKey(ofOtherAccount);
            store().insertKey(inOtherRegion);
            GrantRecord first = grantTo(key(2), 1, "anna", "carl");
            GrantRecord second = grantTo(ofOtherAccount, 2, "anna", "carl");
            GrantRecord third = grantTo(key(1), 3, "bert", "carl");
            List.of(
                            first,
                            second,
                            third,
                            grantTo(inOtherRegion, 4, "anna", "carl"),
                            grantToService(key(1), 5, "anna", "carl"),
                            grantTo(key(1), 6, "carl", "anna"),
                            grant(key(1), 7))
                    .forEach(grant -> store().insertGrant(grant, 1));

            assertThat(pages(
                            limit,
                            GrantRecord::id,
                            after -> store().listRetirableGrants(SCOPE.region(), "carl", after, limit)))
                    .containsExactly(first, second, third);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void grantsThatAServiceMayRetireAreThoseOfOneScope(int limit) {
            KeyRecord ofOtherAccount = key(Rows.SAME_REGION, 3);
            store().insertKey(ofOtherAccount);
            GrantRecord first = grantToService(key(2), 1, "anna", "carl");
            GrantRecord second = grantToService(key(1), 2, "anna", "carl");
            List.of(
                            first,
                            second,
                            grantToService(ofOtherAccount, 3, "anna", "carl"),
                            grantToService(key(1), 4, "carl", "anna"),
                            grantTo(key(1), 5, "anna", "carl"))
                    .forEach(grant -> store().insertGrant(grant, 1));

            assertThat(pages(
                            limit,
                            GrantRecord::id,
                            after -> store().listGrantsRetirableByService(SCOPE, "carl", after, limit)))
                    .containsExactly(first, second);
        }
    }

    // Import wrapping keys

    @Nested
    class WrappingKeys {
        @BeforeEach
        void insertKeys() {
            store().insertKey(key(1));
            store().insertKey(key(2));
        }

        @Test
        void everyFieldComesBack() {
            WrappingKeyRecord wrappingKey = wrappingKey(key(1));
            store().insertWrappingKey(wrappingKey, 1);
            assertThat(store().findWrappingKey(SCOPE, wrappingKey.id())).contains(wrappingKey);
        }

        @Test
        void wrappingKeysBelongToTheirScopeAlone() {
            WrappingKeyRecord wrappingKey = wrappingKey(key(1));
            store().insertWrappingKey(wrappingKey, 1);
            for (Scope foreign : FOREIGN_SCOPES) {
                assertThat(store().findWrappingKey(foreign, wrappingKey.id())).isEmpty();
                assertThat(store().listWrappingKeys(foreign, keyId(1))).isEmpty();
            }
        }

        @Test
        void aWrappingKeyForAKeyThatMovedOnIsStale() {
            store().updateKey(key(1));
            assertRefused(Reason.STALE, () -> store().insertWrappingKey(wrappingKey(key(1)), 1));
            assertRefused(Reason.STALE, () -> store().insertWrappingKey(wrappingKey(key(1)), 3));
            assertRefused(Reason.STALE, () -> store().insertWrappingKey(wrappingKey(key(9)), 1));
            assertRefused(Reason.STALE, () -> store().insertWrappingKey(wrappingKey(key(FOREIGN_SCOPES.get(0), 1)), 1));
            assertThat(store().listAllWrappingKeys()).isEmpty();
            store().insertWrappingKey(wrappingKey(key(1)), 2);
            assertThat(store().listAllWrappingKeys()).hasSize(1);
        }

        @Test
        void aKeysWrappingKeysComeOldestFirst() {
            WrappingKeyRecord middle = at(wrappingKey(key(1)), NOW);
            WrappingKeyRecord oldest = at(wrappingKey(key(1)), NOW.minusSeconds(1));
            WrappingKeyRecord newest = at(wrappingKey(key(1)), NOW.plusSeconds(1));
            List.of(middle, oldest, newest, wrappingKey(key(2)))
                    .forEach(wrappingKey -> store().insertWrappingKey(wrappingKey, 1));
            assertThat(store().listWrappingKeys(SCOPE, keyId(1))).containsExactly(oldest, middle, newest);
        }

        @Test
        void anAccountsWrappingKeysAreCountedInAllRegions() {
            KeyRecord sameAccount = key(Rows.SAME_ACCOUNT, 3);
            KeyRecord otherAccount = key(Rows.SAME_REGION, 4);
            store().insertKey(sameAccount);
            store().insertKey(otherAccount);
            for (KeyRecord key : List.of(key(1), key(2), sameAccount, otherAccount)) {
                store().insertWrappingKey(wrappingKey(key), 1);
            }
            assertThat(store().countWrappingKeys(Rows.ACCOUNT)).isEqualTo(3);
            assertThat(store().countWrappingKeys(Rows.OTHER_ACCOUNT)).isEqualTo(1);
            assertThat(store().listAllWrappingKeys()).hasSize(4);
        }

        @Test
        void presenceChangesOnlyFromTheExpectedOne() {
            WrappingKeyRecord creating = wrappingKey(key(1));
            store().insertWrappingKey(creating, 1);
            assertThat(store().changeWrappingKey(creating, MaterialPresence.PRESENT, MaterialPresence.DESTROYING))
                    .isFalse();
            assertThat(store().findWrappingKey(SCOPE, creating.id())).contains(creating);

            assertThat(store().changeWrappingKey(creating, MaterialPresence.CREATING, MaterialPresence.PRESENT))
                    .isTrue();
            assertThat(store().findWrappingKey(SCOPE, creating.id()))
                    .contains(creating.withPresence(MaterialPresence.PRESENT));
            assertThat(store().changeWrappingKey(creating, MaterialPresence.CREATING, MaterialPresence.PRESENT))
                    .isFalse();
        }

        @Test
        void onlyTheNamedWrappingKeyChanges() {
            WrappingKeyRecord first = wrappingKey(key(1));
            WrappingKeyRecord second = wrappingKey(key(1));
            store().insertWrappingKey(first, 1);
            store().insertWrappingKey(second, 1);
            assertThat(store().changeWrappingKey(
                                    wrappingKey(key(1)), MaterialPresence.CREATING, MaterialPresence.PRESENT))
                    .isFalse();
            assertThat(store().changeWrappingKey(first, MaterialPresence.CREATING, MaterialPresence.PRESENT))
                    .isTrue();
            assertThat(store().findWrappingKey(SCOPE, second.id())).contains(second);
            store().deleteWrappingKey(first);
            store().deleteWrappingKey(first);
            assertThat(store().listAllWrappingKeys()).containsExactly(second);
        }

        @ParameterizedTest
        @EnumSource(
                value = MaterialPresence.class,
                names = {"CREATING", "PRESENT", "DESTROYING"})
        void workIsFoundWhereItIs(MaterialPresence presence) {
            Instant creatingBefore = NOW.minus(Duration.ofHours(1));
            for (Instant createdAt : List.of(NOW, creatingBefore, creatingBefore.minusNanos(1_000))) {
                for (Instant expiresAt : List.of(NOW.minusNanos(1_000), NOW, NOW.plusNanos(1_000))) {
                    WrappingKeyRecord asked = wrappingKey(key(1));
                    WrappingKeyRecord creating = new WrappingKeyRecord(
                            SCOPE,
                            asked.id(),
                            asked.key(),
                            4096,
                            asked.reference(),
                            MaterialPresence.CREATING,
                            createdAt,
                            expiresAt);
                    store().insertWrappingKey(creating, 1);
                    store().changeWrappingKey(creating, MaterialPresence.CREATING, presence);

                    boolean hasWork = presence == MaterialPresence.DESTROYING
                            || !expiresAt.isAfter(NOW)
                            || (presence == MaterialPresence.CREATING && createdAt.isBefore(creatingBefore));
                    assertThat(store().findWrappingKeysWithWork(NOW, creatingBefore, 10))
                            .as("created %s, expires %s", createdAt, expiresAt)
                            .isEqualTo(hasWork ? List.of(creating.withPresence(presence)) : List.of());
                    store().deleteWrappingKey(creating);
                }
            }
        }

        @Test
        void workIsFoundInEveryScopeUpToTheLimit() {
            KeyRecord foreign = key(FOREIGN_SCOPES.get(0), 3);
            store().insertKey(foreign);
            for (KeyRecord key : List.of(key(1), key(2), foreign)) {
                store().insertWrappingKey(wrappingKey(key), 1);
            }
            Instant later = NOW.plus(Duration.ofDays(2));
            assertThat(store().findWrappingKeysWithWork(later, NOW, 2)).hasSize(2);
            assertThat(store().findWrappingKeysWithWork(later, NOW, 3))
                    .extracting(WrappingKeyRecord::key)
                    .containsExactlyInAnyOrder(keyId(1), keyId(2), keyId(3));
        }

        private static WrappingKeyRecord at(WrappingKeyRecord wrappingKey, Instant createdAt) {
            return new WrappingKeyRecord(
                    wrappingKey.scope(),
                    wrappingKey.id(),
                    wrappingKey.key(),
                    wrappingKey.modulusBits(),
                    wrappingKey.reference(),
                    wrappingKey.presence(),
                    createdAt,
                    wrappingKey.expiresAt());
        }
    }

    // Last usages

    @Nested
    class KeyUsages {
        @Test
        void trackingBeginsOnce() {
            Instant fine = NOW.plusNanos(999);
            assertThat(store().beginUsageTracking(fine)).isEqualTo(NOW);
            assertThat(store().beginUsageTracking(fine.plusSeconds(1))).isEqualTo(NOW);
        }

        @Test
        void everyFieldComesBackAndTheKeyStaysAsItIs() {
            store().insertKey(key(1));
            store().putKeyUsages(List.of(usage(key(1), NOW)));
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).contains(usage(key(1), NOW));
            assertThat(store().findKey(SCOPE, keyId(1))).contains(key(1));
            assertThat(store().updateKey(key(1)).version()).isEqualTo(2);
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).contains(usage(key(1), NOW));
        }

        @Test
        void theLatestIsKept() {
            store().insertKey(key(1));
            for (int seconds : new int[] {5, 9, 7}) {
                store().putKeyUsages(List.of(usage(key(1), NOW.plusSeconds(seconds))));
            }
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).contains(usage(key(1), NOW.plusSeconds(9)));
        }

        @Test
        void severalAreKeptAtOnceAndThoseOfKeysThatAreGonePassedOver() {
            store().insertKey(key(1));
            store().insertKey(key(3));
            store().deleteKey(key(3));
            store().putKeyUsages(List.of(usage(key(2), NOW), usage(key(1), NOW), usage(key(3), NOW)));
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).isPresent();
            for (int number : new int[] {2, 3}) {
                store().insertKey(key(number));
                assertThat(store().findKeyUsage(SCOPE, keyId(number))).isEmpty();
            }
        }

        @Test
        void theyBelongToTheScopeOfTheirKeyAlone() {
            store().insertKey(key(1));
            for (Scope foreign : FOREIGN_SCOPES) {
                store().putKeyUsages(List.of(usage(key(foreign, 1), NOW)));
                assertThat(store().findKeyUsage(SCOPE, keyId(1))).isEmpty();
            }
            store().putKeyUsages(List.of(usage(key(1), NOW)));
            for (Scope foreign : FOREIGN_SCOPES) {
                assertThat(store().findKeyUsage(foreign, keyId(1))).isEmpty();
            }
        }

        @Test
        void theyGoWithTheirKey() {
            store().insertKey(key(1));
            store().putKeyUsages(List.of(usage(key(1), NOW)));
            store().deleteKey(key(1));
            store().insertKey(key(1));
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).isEmpty();
        }

        @Test
        void instantsAreCutToTheMicrosecond() {
            store().insertKey(key(1));
            store().putKeyUsages(List.of(usage(key(1), NOW.plusNanos(999))));
            assertThat(store().findKeyUsage(SCOPE, keyId(1))).contains(usage(key(1), NOW));
        }
    }

    // Service keys

    @Nested
    class ServiceKeys {
        @Test
        void anEmptyStoreHasNone() {
            assertThat(store().listServiceKeys()).isEmpty();
        }

        @Test
        void theyComeByPurposeAndVersion() {
            List<ServiceKeyRecord> sorted = Stream.of(ServicePurpose.values())
                    .flatMap(purpose -> IntStream.of(1, 2, 10)
                            .mapToObj(version -> new ServiceKeyRecord(
                                    purpose, version, reference(purpose.label() + version), MaterialPresence.PRESENT)))
                    .toList();
            sorted.reversed().forEach(store()::putServiceKey);
            assertThat(store().listServiceKeys()).isEqualTo(sorted);
        }

        @Test
        void puttingReplacesTheSamePurposeAndVersion() {
            ServiceKeyRecord creating =
                    new ServiceKeyRecord(ServicePurpose.IMPORT_TOKEN, 1, reference("first"), MaterialPresence.CREATING);
            ServiceKeyRecord present =
                    new ServiceKeyRecord(ServicePurpose.IMPORT_TOKEN, 1, reference("second"), MaterialPresence.PRESENT);
            store().putServiceKey(creating);
            store().putServiceKey(present);
            assertThat(store().listServiceKeys()).containsExactly(present);
        }
    }

    // The store as a whole

    @Test
    void theInstallationIsDrawnOnce() throws Exception {
        assertThat(store().installation()).isEqualTo(store().installation());
        try (MetadataStore other = open()) {
            assertThat(other.installation()).isNotEqualTo(store().installation());
        }
    }

    @Test
    void aClosedStoreRefusesReadsAndWrites() {
        store().insertKey(key(1));
        store().close();
        store().close();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().findKey(SCOPE, keyId(1)));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().listAllKeys(null, 1));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().insertKey(key(2)));
    }

    @Nested
    class Concurrency {
        private static final int ROUNDS = 25;

        @Test
        void noCompareAndSetIsLost() throws Exception {
            store().insertKey(key(1).toBuilder().description("0").build());
            inParallel(thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    increment();
                }
            });
            KeyRecord last = store().findKey(SCOPE, keyId(1)).orElseThrow();
            assertThat(last.description()).isEqualTo(String.valueOf(THREADS * ROUNDS));
            assertThat(last.version()).isEqualTo(1 + THREADS * ROUNDS);
        }

        private void increment() {
            while (true) {
                KeyRecord key = store().findKey(SCOPE, keyId(1)).orElseThrow();
                String next = String.valueOf(Integer.parseInt(key.description()) + 1);
                try {
                    store().updateKey(key.toBuilder().description(next).build());
                    return;
                } catch (StoreException e) {
                    assertThat(e.reason()).isEqualTo(Reason.STALE);
                }
            }
        }

        @Test
        void aReadSeesEveryWriteThatReturnedBefore() throws Exception {
            int last = 8 * ROUNDS;
            AtomicLong returned = new AtomicLong(1);
            store().insertKey(key(1));
            store().insertKey(key(2));
            store().insertAlias(alias(key(2), "app"), 1);
            inParallel(thread -> {
                if (thread == 0) {
                    for (long version = 1; version < last; version++) {
                        store().updateKey(key(1).toBuilder().version(version).build());
                        store().updateAlias(aliasAt(version + 1), keyId(2), 1);
                        returned.set(version + 1);
                    }
                } else {
                    for (long before = returned.get(); before < last; before = returned.get()) {
                        KeyRecord key = store().findKey(SCOPE, keyId(1)).orElseThrow();
                        AliasRecord alias =
                                store().findAlias(SCOPE, "alias/app").orElseThrow();
                        assertThat(key.version()).isGreaterThanOrEqualTo(before);
                        if (before > 1) {
                            assertThat(alias.updatedAt())
                                    .isAfterOrEqualTo(aliasAt(before).updatedAt());
                        }
                    }
                }
            });
        }

        private static AliasRecord aliasAt(long version) {
            return new AliasRecord(SCOPE, "alias/app", keyId(2), NOW, NOW.plusSeconds(version));
        }

        @Test
        void oneOfManyInsertsOfTheSameIdWins() throws Exception {
            for (int round = 1; round <= ROUNDS; round++) {
                int number = round;
                List<Integer> winners = new ArrayList<>();
                inParallel(thread -> {
                    try {
                        store().insertKey(key(number).toBuilder()
                                .description("by " + thread)
                                .build());
                        synchronized (winners) {
                            winners.add(thread);
                        }
                    } catch (StoreException e) {
                        assertThat(e.reason()).isEqualTo(Reason.EXISTS);
                    }
                });
                assertThat(winners).hasSize(1);
                assertThat(store().findKey(SCOPE, keyId(number)).orElseThrow().description())
                        .isEqualTo("by " + winners.getFirst());
            }
        }

        @Test
        void nothingIsLeftHangingOnADeletedKey() throws Exception {
            for (int round = 1; round <= ROUNDS; round++) {
                KeyRecord key = key(round);
                store().insertKey(key);
                inParallel(thread -> {
                    try {
                        switch (thread % 4) {
                            case 0 -> store().insertAlias(alias(key, "of-" + key.id() + thread), 1);
                            case 1 ->
                                store().insertGrant(grant(key, 100 * key.id().hashCode() + thread), 1);
                            case 2 -> store().insertWrappingKey(wrappingKey(key), 1);
                            default -> store().deleteKey(key);
                        }
                    } catch (StoreException e) {
                        assertThat(e.reason()).isEqualTo(Reason.STALE);
                    }
                });
                assertThat(store().countAliases(SCOPE, key.id())).isZero();
                assertThat(store().countGrants(SCOPE, key.id())).isZero();
                assertThat(store().listWrappingKeys(SCOPE, key.id())).isEmpty();
            }
        }
    }

    /** What one of several threads does. */
    private interface Part {
        void run(int thread) throws Exception;
    }

    /** Runs {@code part} in every thread at once and passes on what failed in any. */
    private static void inParallel(Part part) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> parts = IntStream.range(0, THREADS)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        start.await();
                        part.run(thread);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(parts)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .extracting(StoreException::reason)
                .isEqualTo(reason);
    }

    /** Reads page after page, and checks that each is full unless it is the last. */
    private static <T, K> List<T> pages(int limit, Function<T, K> position, Function<@Nullable K, Page<T>> read) {
        List<T> rows = new ArrayList<>();
        K after = null;
        Page<T> page;
        do {
            page = read.apply(after);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            if (page.more()) {
                assertThat(page.items()).hasSize(limit);
            }
            rows.addAll(page.items());
            after = page.items().isEmpty() ? after : position.apply(page.items().getLast());
        } while (page.more());
        return rows;
    }
}
