package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.IdentityChange.DeleteAccessKey;
import dev.keyward.contract.IdentityChange.PutAccessKey;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests look up most is read once. Rows changed behind the store's back show where an answer came from. */
class SqliteStoreCacheTest {
    private static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    private static final KeyRecord KEY =
            KeyRecord.builder(SCOPE, KeyId.random()).description("kept").build();
    private static final AliasRecord ALIAS =
            new AliasRecord(SCOPE, "alias/app", KEY.id(), Instant.EPOCH, Instant.EPOCH);
    private static final AccessKeyRecord ACCESS_KEY = new AccessKeyRecord(
            "AKIA1", SCOPE.account(), null, AccessKeyRecord.Source.ROOT, true, new byte[] {1}, Instant.EPOCH);

    @TempDir
    private Path directory;

    private void emptyBehindTheStoresBack() {
        Jdbi.create("jdbc:sqlite:" + directory.resolve("keyward.db")).useHandle(handle -> {
            handle.execute("DELETE FROM aliases");
            handle.execute("DELETE FROM access_keys");
            handle.execute("DELETE FROM keys");
        });
    }

    @Test
    void theHotPathAsksTheDatabaseOnce() {
        try (SqliteStore store = open()) {
            store.insertKey(KEY);
            store.insertAlias(ALIAS, 1);
            store.identities().change(new PutAccessKey(ACCESS_KEY));
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
            assertThat(store.findAlias(SCOPE, ALIAS.name())).contains(ALIAS);
            assertThat(store.identities().findAccessKey("AKIA1")).isPresent();

            emptyBehindTheStoresBack();

            assertThat(store.countKeys(SCOPE)).isZero();
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
            assertThat(store.findAlias(SCOPE, ALIAS.name())).contains(ALIAS);
            assertThat(store.identities().findAccessKey("AKIA1")).isPresent();
        }
    }

    @Test
    void everyWriteIsSeenByTheNextRead() {
        try (SqliteStore store = open()) {
            assertThat(store.findKey(SCOPE, KEY.id())).isEmpty();
            assertThat(store.findAlias(SCOPE, ALIAS.name())).isEmpty();
            store.insertKey(KEY);
            store.insertAlias(ALIAS, 1);
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
            assertThat(store.findAlias(SCOPE, ALIAS.name())).contains(ALIAS);

            KeyRecord updated = store.updateKey(KEY);
            assertThat(store.findKey(SCOPE, KEY.id())).contains(updated);

            store.deleteAlias(SCOPE, ALIAS.name());
            assertThat(store.findAlias(SCOPE, ALIAS.name())).isEmpty();
        }
    }

    @Test
    void aDeletedKeysAliasesAreForgottenWithIt() {
        try (SqliteStore store = open()) {
            store.insertKey(KEY);
            store.insertAlias(ALIAS, 1);
            assertThat(store.findAlias(SCOPE, ALIAS.name())).contains(ALIAS);
            store.deleteKey(KEY);
            assertThat(store.findAlias(SCOPE, ALIAS.name())).isEmpty();
            assertThat(store.findKey(SCOPE, KEY.id())).isEmpty();
        }
    }

    @Test
    void aChangedAccessKeyIsSeenByTheNextRead() {
        try (SqliteStore store = open()) {
            store.identities().change(new PutAccessKey(ACCESS_KEY));
            assertThat(active(store)).contains(true);
            store.identities().change(new PutAccessKey(ACCESS_KEY.withActive(false)));
            assertThat(active(store)).contains(false);
            store.identities().change(new DeleteAccessKey("AKIA1"));
            assertThat(active(store)).isEmpty();
        }
    }

    private static Optional<Boolean> active(SqliteStore store) {
        return store.identities().findAccessKey("AKIA1").map(AccessKeyRecord::active);
    }

    private SqliteStore open() {
        return Stores.open(directory.resolve("keyward.db"));
    }
}
