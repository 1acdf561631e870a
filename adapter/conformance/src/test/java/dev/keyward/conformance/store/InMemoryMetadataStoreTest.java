package dev.keyward.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.MetadataStore;
import org.junit.jupiter.api.Test;

class InMemoryMetadataStoreTest extends MetadataStoreConformance {
    @Override
    protected MetadataStore open() {
        return new InMemoryMetadataStore();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        try (InMemoryMetadataStore original = new InMemoryMetadataStore()) {
            original.insertKey(Rows.key(1));
            original.insertAlias(Rows.alias(Rows.key(1), "app"), 1);
            try (InMemoryMetadataStore copy = original.copy()) {
                original.deleteKey(Rows.key(1));
                assertThat(copy.installation()).isEqualTo(original.installation());
                assertThat(copy.findKey(Rows.SCOPE, Rows.keyId(1))).contains(Rows.key(1));
                assertThat(copy.countAliases(Rows.SCOPE, Rows.keyId(1))).isEqualTo(1);
            }
        }
    }
}
