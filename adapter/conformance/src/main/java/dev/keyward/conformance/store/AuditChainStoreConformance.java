package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditCheckpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link AuditChainStore}, one test each. A store runs them by extending this class. */
public abstract class AuditChainStoreConformance {
    private @Nullable AuditChainStore opened;

    /** Opens a new, empty store. Whoever extends this closes it. */
    protected abstract AuditChainStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    private AuditChainStore store() {
        if (opened == null) {
            throw new IllegalStateException("the store was not opened");
        }
        return opened;
    }

    @Test
    void anEmptyStoreHasNone() {
        assertThat(store().listAuditChains()).isEmpty();
    }

    @Test
    void everyFieldComesBack() {
        AuditChainRecord open = chain(1, "a", NOW, 1L << 40, false);
        AuditChainRecord closed = chain(2, "b", NOW, 0, true);
        store().putAuditChain(open);
        store().putAuditChain(closed);
        assertSame(store().listAuditChains().getFirst(), open);
        assertSame(store().listAuditChains().getLast(), closed);
    }

    @Test
    void instantsAreCutToTheMicrosecond() {
        store().putAuditChain(chain(1, "a", NOW.plusNanos(999), 0, false));
        assertThat(store().listAuditChains().getFirst().openedAt()).isEqualTo(NOW);
    }

    @Test
    void puttingReplacesTheSameNumber() {
        AuditChainRecord changed = chain(1, "a", NOW, 99, true);
        store().putAuditChain(chain(1, "a", NOW, 0, false));
        store().putAuditChain(changed);
        assertThat(store().listAuditChains()).hasSize(1);
        assertSame(store().listAuditChains().getFirst(), changed);
    }

    @Test
    void changingAnArrayThatWasGivenOrReturnedChangesNothing() {
        AuditChainRecord given = chain(1, "a", NOW, 0, false);
        store().putAuditChain(given);
        given.checkpoint().seal()[0] = 99;
        store().listAuditChains().getFirst().checkpoint().seal()[1] = 99;
        assertThat(store().listAuditChains().getFirst().checkpoint().seal()).isEqualTo(new byte[] {0, -1, 39, 10});
    }

    @Test
    void listingIsByNumber() {
        for (long number : new long[] {10, 9, 100}) {
            store().putAuditChain(chain(number, "chain-" + number, NOW, 0, false));
        }
        assertThat(store().listAuditChains())
                .extracting(AuditChainRecord::number)
                .containsExactly(9L, 10L, 100L);
    }

    private static AuditChainRecord chain(long number, String id, Instant openedAt, long next, boolean closing) {
        return new AuditChainRecord(
                number, id, openedAt, new AuditCheckpoint(next, "mac-" + next, closing, new byte[] {0, -1, 39, 10}));
    }

    /** By value: the records hold an array, which their own equals compares by identity. */
    private static void assertSame(AuditChainRecord actual, AuditChainRecord expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
