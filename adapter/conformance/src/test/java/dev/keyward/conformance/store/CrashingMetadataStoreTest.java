package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.SCOPE;
import static dev.keyward.conformance.store.Rows.alias;
import static dev.keyward.conformance.store.Rows.key;
import static dev.keyward.conformance.store.Rows.keyId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.conformance.store.CrashingMetadataStore.Moment;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.StoreException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Without a crash it keeps every promise of the store underneath; with one, it is dead from there on. */
class CrashingMetadataStoreTest extends MetadataStoreConformance {
    @Override
    protected MetadataStore open() {
        return CrashingMetadataStore.counting(new InMemoryMetadataStore());
    }

    @Nested
    class Crashes {
        private final InMemoryMetadataStore rows = new InMemoryMetadataStore();

        /** Three writes and a read. */
        private void scenario(MetadataStore store) {
            store.insertKey(key(1));
            store.findKey(SCOPE, keyId(1));
            store.insertAlias(alias(key(1), "app"), 1);
            store.deleteAlias(SCOPE, "alias/app");
        }

        @Test
        void writesAreCountedAndReadsAreNot() {
            CrashingMetadataStore store = CrashingMetadataStore.counting(rows);
            scenario(store);
            assertThat(store.writes()).isEqualTo(3);
            assertThat(store.hasCrashed()).isFalse();
        }

        @Test
        void aRefusedWriteIsCountedToo() {
            CrashingMetadataStore store = CrashingMetadataStore.counting(rows);
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.updateKey(key(1)));
            assertThat(store.writes()).isEqualTo(1);
        }

        @Test
        void aCrashBeforeAWriteLeavesItUndone() {
            assertCrash(CrashingMetadataStore.at(rows, 2, Moment.BEFORE), "before insertAlias");
            assertThat(rows.findKey(SCOPE, keyId(1))).isPresent();
            assertThat(rows.findAlias(SCOPE, "alias/app")).isEmpty();
        }

        @Test
        void aCrashAfterAWriteLeavesItDone() {
            assertCrash(CrashingMetadataStore.at(rows, 2, Moment.AFTER), "after insertAlias");
            assertThat(rows.findAlias(SCOPE, "alias/app")).isPresent();
        }

        @Test
        void aDeadProcessReachesNothing() {
            CrashingMetadataStore store = CrashingMetadataStore.at(rows, 1, Moment.AFTER);
            assertCrash(store, "after insertKey");
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> store.deleteKey(key(1)));
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> store.findKey(SCOPE, keyId(1)));
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(store::installation);
            assertThat(store.writes()).isEqualTo(1);
            assertThat(rows.findKey(SCOPE, keyId(1))).isPresent();
        }

        private void assertCrash(CrashingMetadataStore store, String where) {
            assertThatExceptionOfType(SimulatedCrash.class)
                    .isThrownBy(() -> scenario(store))
                    .withMessage(where);
            assertThat(store.hasCrashed()).isTrue();
        }
    }
}
