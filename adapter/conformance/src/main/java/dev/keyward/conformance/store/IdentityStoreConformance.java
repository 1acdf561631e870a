package dev.keyward.conformance.store;

import static dev.keyward.conformance.store.Rows.ACCOUNT;
import static dev.keyward.conformance.store.Rows.NOW;
import static dev.keyward.conformance.store.Rows.OTHER_ACCOUNT;
import static dev.keyward.conformance.store.Rows.accessKey;
import static dev.keyward.conformance.store.Rows.role;
import static dev.keyward.conformance.store.Rows.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccessKeyRecord.Source;
import dev.keyward.contract.IdentityChange.Delete;
import dev.keyward.contract.IdentityChange.DeleteAccessKey;
import dev.keyward.contract.IdentityChange.Insert;
import dev.keyward.contract.IdentityChange.PutAccessKey;
import dev.keyward.contract.IdentityChange.Update;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    void anEmptyStoreHasNobody() {
        assertThat(store().listAccessKeys()).isEmpty();
        assertThat(store().findAccessKey("AKIA1")).isEmpty();
        assertThat(store().listIdentities()).isEmpty();
        assertThat(store().findIdentity("AIDA1")).isEmpty();
        assertThat(store().findIdentity(ACCOUNT, Kind.USER, "alice")).isEmpty();
    }

    // Access keys

    @Test
    void everyFieldOfAnAccessKeyComesBack() {
        AccessKeyRecord root = new AccessKeyRecord("AKIA2", OTHER_ACCOUNT, null, Source.ROOT, false, SEALED, NOW);
        AccessKeyRecord ofUser = new AccessKeyRecord("AKIA3", ACCOUNT, "AIDA1", Source.COMMAND, true, SEALED, NOW);
        store().change(List.of(
                new PutAccessKey(accessKey("AKIA1", SEALED)),
                new PutAccessKey(root),
                new Insert(user("AIDA1", "alice")),
                new PutAccessKey(ofUser)));
        assertSame(found("AKIA1"), accessKey("AKIA1", SEALED));
        assertSame(found("AKIA2"), root);
        assertSame(found("AKIA3"), ofUser);
    }

    @Test
    void accessKeyIdsDifferByCase() {
        put(accessKey("AKIA1", SEALED));
        assertThat(store().findAccessKey("akia1")).isEmpty();
    }

    @Test
    void instantsAreCutToTheMicrosecond() {
        put(new AccessKeyRecord("AKIA1", ACCOUNT, null, Source.COMMAND, true, SEALED, NOW.plusNanos(999)));
        assertThat(found("AKIA1").createdAt()).isEqualTo(NOW);
    }

    @Test
    void puttingReplacesTheSameId() {
        put(accessKey("AKIA1", SEALED));
        AccessKeyRecord changed = new AccessKeyRecord(
                "AKIA1", OTHER_ACCOUNT, null, Source.CONFIGURATION, false, new byte[] {1}, NOW.plusSeconds(1));
        put(changed);
        assertSame(found("AKIA1"), changed);
        assertThat(store().listAccessKeys()).hasSize(1);
    }

    @Test
    void changingAnArrayThatWasGivenOrReturnedChangesNothing() {
        byte[] given = SEALED.clone();
        put(accessKey("AKIA1", given));
        given[0] = 99;
        found("AKIA1").sealedSecret()[1] = 99;
        assertThat(found("AKIA1").sealedSecret()).isEqualTo(SEALED);
    }

    @Test
    void accessKeysAreListedById() {
        for (String id : List.of("AKIAB", "AKIAA", "AKIA1")) {
            put(accessKey(id, SEALED));
        }
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA1", "AKIAA", "AKIAB");
    }

    @Test
    void aDeletedAccessKeyIsGone() {
        put(accessKey("AKIA1", SEALED));
        put(accessKey("AKIA2", SEALED));
        store().change(new DeleteAccessKey("AKIA1"));
        store().change(new DeleteAccessKey("AKIA1"));
        assertThat(store().findAccessKey("AKIA1")).isEmpty();
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA2");
    }

    @Test
    void anAccessKeyOfNobodyIsRefused() {
        AccessKeyRecord ofNobody = new AccessKeyRecord("AKIA1", ACCOUNT, "AIDA1", Source.COMMAND, true, SEALED, NOW);
        assertRefused(Reason.STALE, () -> put(ofNobody));
        assertThat(store().listAccessKeys()).isEmpty();
    }

    // Users and roles

    @Test
    void everyFieldOfAnIdentityComesBack() {
        store().change(List.of(new Insert(user("AIDA1", "alice")), new Insert(role("AROA1", "alice"))));
        assertThat(store().findIdentity("AIDA1")).contains(user("AIDA1", "alice"));
        assertThat(store().findIdentity("AROA1")).contains(role("AROA1", "alice"));
        assertThat(store().findIdentity(ACCOUNT, Kind.USER, "alice")).contains(user("AIDA1", "alice"));
        assertThat(store().findIdentity(ACCOUNT, Kind.ROLE, "alice")).contains(role("AROA1", "alice"));
        assertThat(store().findIdentity(OTHER_ACCOUNT, Kind.USER, "alice")).isEmpty();
        assertThat(store().findIdentity(ACCOUNT, Kind.USER, "Alice")).isEmpty();
    }

    @Test
    void identitiesAreListedByAccountKindAndName() {
        store().change(List.of(
                new Insert(role("AROA1", "a")),
                new Insert(user("AIDA2", "c")),
                new Insert(inOtherAccount(user("AIDA3", "a"))),
                new Insert(user("AIDA4", "b"))));
        assertThat(store().listIdentities())
                .extracting(IdentityRecord::uniqueId)
                .containsExactly("AIDA4", "AIDA2", "AROA1", "AIDA3");
    }

    @Test
    void aNameAndAUniqueIdAreTakenOnce() {
        store().change(new Insert(user("AIDA1", "alice")));
        assertRefused(Reason.EXISTS, () -> store().change(new Insert(user("AIDA2", "alice"))));
        assertRefused(Reason.EXISTS, () -> store().change(new Insert(user("AIDA1", "bob"))));
        store().change(new Insert(inOtherAccount(user("AIDA2", "alice"))));
        assertThat(store().listIdentities()).hasSize(2);
    }

    @Test
    void anUpdateRaisesTheVersion() {
        store().change(new Insert(role("AROA1", "worker")));
        IdentityRecord changed = role("AROA1", "worker").withPolicies(List.of(new PolicyDocument("p", "{}")));
        store().change(new Update(changed));
        assertThat(store().findIdentity("AROA1")).contains(changed.atVersion(2));
        assertThat(store().findIdentity(ACCOUNT, Kind.ROLE, "worker")).contains(changed.atVersion(2));
    }

    @Test
    void aChangeOfAnotherVersionIsStale() {
        store().change(new Insert(user("AIDA1", "alice")));
        store().change(new Update(user("AIDA1", "alice")));
        assertRefused(Reason.STALE, () -> store().change(new Update(user("AIDA1", "alice"))));
        assertRefused(Reason.STALE, () -> store().change(new Delete(user("AIDA1", "alice"))));
        assertRefused(Reason.STALE, () -> store().change(new Delete(user("AIDA2", "bob"))));
        assertThat(store().findIdentity("AIDA1")).isPresent();
    }

    @Test
    void aDeletedUserTakesItsAccessKeysAlong() {
        store().change(List.of(new Insert(user("AIDA1", "alice")), new Insert(user("AIDA2", "bob"))));
        put(new AccessKeyRecord("AKIA1", ACCOUNT, "AIDA1", Source.COMMAND, true, SEALED, NOW));
        put(new AccessKeyRecord("AKIA2", ACCOUNT, "AIDA2", Source.COMMAND, true, SEALED, NOW));
        assertThat(store().findAccessKey("AKIA1")).isPresent();
        assertThat(store().findIdentity("AIDA1")).isPresent();

        store().change(new Delete(user("AIDA1", "alice")));

        assertThat(store().findIdentity("AIDA1")).isEmpty();
        assertThat(store().findIdentity(ACCOUNT, Kind.USER, "alice")).isEmpty();
        assertThat(store().findAccessKey("AKIA1")).isEmpty();
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA2");
    }

    @Test
    void aNameIsFreeAgainOnceItsHolderIsGone() {
        store().change(new Insert(user("AIDA1", "alice")));
        store().change(List.of(new Delete(user("AIDA1", "alice")), new Insert(user("AIDA2", "alice"))));
        assertThat(store().findIdentity(ACCOUNT, Kind.USER, "alice")).contains(user("AIDA2", "alice"));
        assertThat(store().findIdentity("AIDA1")).isEmpty();
    }

    @Test
    void allChangesAreMadeOrNone() {
        store().change(new Insert(user("AIDA1", "alice")));
        put(accessKey("AKIA1", SEALED));
        assertRefused(
                Reason.EXISTS,
                () -> store().change(List.of(
                        new Insert(user("AIDA2", "bob")),
                        new Update(user("AIDA1", "alice").withTags(new LinkedHashMap<>())),
                        new DeleteAccessKey("AKIA1"),
                        new PutAccessKey(accessKey("AKIA2", SEALED)),
                        new Insert(user("AIDA3", "bob")))));
        assertThat(store().listIdentities()).containsExactly(user("AIDA1", "alice"));
        assertThat(store().listAccessKeys()).extracting(AccessKeyRecord::id).containsExactly("AKIA1");
    }

    private static IdentityRecord inOtherAccount(IdentityRecord identity) {
        return new IdentityRecord(
                OTHER_ACCOUNT,
                identity.uniqueId(),
                identity.path(),
                identity.name(),
                identity.policies(),
                identity.tags(),
                identity.role(),
                identity.createdAt(),
                identity.version());
    }

    private void put(AccessKeyRecord accessKey) {
        store().change(new PutAccessKey(accessKey));
    }

    private AccessKeyRecord found(String id) {
        return store().findAccessKey(id).orElseThrow();
    }

    private static void assertRefused(Reason reason, ThrowingCallable change) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(change)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    /** By value: the records hold an array, which their own equals compares by identity. */
    private static void assertSame(AccessKeyRecord actual, AccessKeyRecord expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
