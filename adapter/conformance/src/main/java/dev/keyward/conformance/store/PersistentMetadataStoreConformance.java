package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.NOW;
import static dev.keyward.conformance.store.Rows.SCOPE;
import static dev.keyward.conformance.store.Rows.alias;
import static dev.keyward.conformance.store.Rows.fullKey;
import static dev.keyward.conformance.store.Rows.invisibleKey;
import static dev.keyward.conformance.store.Rows.key;
import static dev.keyward.conformance.store.Rows.keyId;
import static dev.keyward.conformance.store.Rows.namedGrant;
import static dev.keyward.conformance.store.Rows.reference;
import static dev.keyward.conformance.store.Rows.usage;
import static dev.keyward.conformance.store.Rows.wrappingKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.WrappingKeyRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of a store that outlives its process: those of every store, and that everything is still there. */
public abstract class PersistentMetadataStoreConformance extends MetadataStoreConformance {
    /** Opens what this test's store left when it was closed. */
    protected abstract MetadataStore reopen() throws Exception;

    private void restart() throws Exception {
        store().close();
        replaceStore(reopen());
    }

    @Test
    void everythingIsStillThereAfterARestart() throws Exception {
        InstallationId installation = store().installation();
        KeyRecord current = fullKey(1);
        store().insertKey(key(1));
        current = store().updateKey(current);
        store().insertKey(invisibleKey(2));
        store().insertAlias(alias(current, "app"), 2);
        store().insertGrant(namedGrant(current, 1, "name"), 2);
        WrappingKeyRecord wrappingKey = wrappingKey(current);
        store().insertWrappingKey(wrappingKey, 2);
        store().changeWrappingKey(wrappingKey, MaterialPresence.CREATING, MaterialPresence.PRESENT);
        ServiceKeyRecord serviceKey =
                new ServiceKeyRecord(ServicePurpose.GRANT_TOKEN, 1, reference("service"), MaterialPresence.PRESENT);
        store().putServiceKey(serviceKey);
        store().beginUsageTracking(NOW);
        store().putKeyUsages(List.of(usage(current, NOW)));

        restart();

        assertThat(store().installation()).isEqualTo(installation);
        assertThat(store().listAllKeys(null, 10).items()).containsExactly(current, invisibleKey(2));
        assertThat(store().findKey(SCOPE, keyId(1))).contains(current);
        assertThat(store().findAlias(SCOPE, "alias/app")).contains(alias(current, "app"));
        assertThat(store().listGrants(SCOPE, keyId(1), null, null, null, null, 10)
                        .items())
                .isEqualTo(List.of(namedGrant(current, 1, "name")));
        assertThat(store().listAllWrappingKeys()).containsExactly(wrappingKey.withPresence(MaterialPresence.PRESENT));
        assertThat(store().listServiceKeys()).containsExactly(serviceKey);
        assertThat(store().beginUsageTracking(NOW.plusSeconds(1))).isEqualTo(NOW);
        assertThat(store().findKeyUsage(SCOPE, keyId(1))).contains(usage(current, NOW));
    }

    @Test
    void whatWasDeletedStaysDeleted() throws Exception {
        store().insertKey(key(1));
        store().insertAlias(alias(key(1), "app"), 1);
        store().insertWrappingKey(wrappingKey(key(1)), 1);
        store().deleteKey(key(1));

        restart();

        assertThat(store().listAllKeys(null, 10).items()).isEmpty();
        assertThat(store().findAlias(SCOPE, "alias/app")).isEmpty();
        assertThat(store().listAllWrappingKeys()).isEmpty();
    }
}
