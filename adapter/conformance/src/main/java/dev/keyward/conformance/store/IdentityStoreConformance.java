package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.ACCOUNT;
import static dev.keyward.conformance.store.Rows.NOW;
import static dev.keyward.conformance.store.Rows.OTHER_ACCOUNT;
import static dev.keyward.conformance.store.Rows.accessKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.IdentityStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link IdentityStore}, one test each. A store runs them by extending this class. */
public abstract class IdentityStoreConformance {
    private static final byte[] SEALED = {0, -1, 39, 10, 127, -128};

    private @Nullable IdentityStore opened;

    /** Opens a new, empty store. Whoever extends this closes it. */
    protected abstract IdentityStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    private IdentityStore store() {
        if (opened == null) {
            throw new IllegalStateException("the store was not opened");
        }
        return opened;
    }

    @Test
    void anEmptyStoreHasNone() {
        assertThat(store().listAccessKeys()).isEmpty();
        assertThat(store().findAccessKey("AKIA1")).isEmpty();
    }

    @Test
    void everyFieldComesBack() {
        AccessKeyRecord root =
                new AccessKeyRecord("AKIA2", OTHER_ACCOUNT, "arn:aws:iam::444455556666:root", true, false, SEALED, NOW);
        store().putAccessKey(accessKey("AKIA1", SEALED));
        store().putAccessKey(root);
        assertSame(found("AKIA1"), accessKey("AKIA1", SEALED));
        assertSame(found("AKIA2"), root);
    }

    @Test
    void idsDifferByCase() {
        store().putAccessKey(accessKey("AKIA1", SEALED));
        assertThat(store().findAccessKey("akia1")).isEmpty();
    }

    @Test
    void instantsAreCutToTheMicrosecond() {
        store().putAccessKey(new AccessKeyRecord("AKIA1", ACCOUNT, "arn", false, true, SEALED, NOW.plusNanos(999)));
        assertThat(found("AKIA1").createdAt()).isEqualTo(NOW);
    }

    @Test
    void puttingReplacesTheSameId() {
        store().putAccessKey(accessKey("AKIA1", SEALED));
        AccessKeyRecord changed =
                new AccessKeyRecord("AKIA1", OTHER_ACCOUNT, "changed", true, false, new byte[] {1}, NOW.plusSeconds(1));
        store().putAccessKey(changed);
        assertSame(found("AKIA1"), changed);
        assertThat(store().listAccessKeys()).hasSize(1);
    }

    @Test
    void changingAnArrayThatWasGivenOrReturnedChangesNothing() {
        byte[] given = SEALED.clone();
        store().putAccessKey(accessKey("AKIA1", given));
        given[0] = 99;
        found("AKIA1").sealedSecret()[1] = 99;
        assertThat(found("AKIA1").sealedSecret()).isEqualTo(SEALED);
    }

    @Test
    void listingIsById() {
        for (String id : List.of("AKIAB", "AKIAA", "AKIA1")) {
            store().putAccessKey(accessKey(id, SEALED));
        }
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA1", "AKIAA", "AKIAB");
    }

    @Test
    void deletingSaysWhetherItWasThere() {
        store().putAccessKey(accessKey("AKIA1", SEALED));
        store().putAccessKey(accessKey("AKIA2", SEALED));
        assertThat(store().deleteAccessKey("AKIA1")).isTrue();
        assertThat(store().deleteAccessKey("AKIA1")).isFalse();
        assertThat(store().findAccessKey("AKIA1")).isEmpty();
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA2");
    }

    private AccessKeyRecord found(String id) {
        return store().findAccessKey(id).orElseThrow();
    }

    /** By value: the records hold an array, which their own equals compares by identity. */
    private static void assertSame(AccessKeyRecord actual, AccessKeyRecord expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
