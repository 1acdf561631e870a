package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.PrincipalRecord;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import java.util.List;
import java.util.Map;

/** The callers as the store knows them. Thread-safe. */
public final class StoredPrincipals implements PrincipalDirectory {
    private final IdentityStore store;

    public StoredPrincipals(IdentityStore store) {
        this.store = store;
    }

    /** @throws KeywardException with {@link ErrorCode#UNRECOGNIZED_CLIENT} if the caller has gone meanwhile */
    @Override
    public PrincipalRecord find(Caller caller) {
        return switch (caller.identity()) {
            case CallerIdentity.RootUser(AccountId account) ->
                new PrincipalRecord(new CallingPrincipal.RootUser(account), List.of(), List.of());
            case CallerIdentity.User user -> of(user);
            case CallerIdentity.RoleSession(TemporarySession session) -> of(session);
            case WebIdentityUser _, CallerIdentity.Operator _ -> throw gone();
        };
    }

    @Override
    public Map<String, String> uniqueIds(List<String> arns) {
        return new UniqueIds(store).of(arns);
    }

    private PrincipalRecord of(CallerIdentity.User caller) {
        IdentityRecord user = store.findIdentity(caller.principalId()).orElseThrow(StoredPrincipals::gone);
        return new PrincipalRecord(
                new CallingPrincipal.User(user.account(), user.arn(), user.uniqueId(), user.tags()),
                user.policies(),
                List.of());
    }

    private PrincipalRecord of(TemporarySession session) {
        IdentityRecord role = store.findIdentity(session.roleId()).orElseThrow(StoredPrincipals::gone);
        return new PrincipalRecord(
                new CallingPrincipal.RoleSession(
                        role.account(), role.arn(), role.uniqueId(), session.name(), role.tags()),
                role.policies(),
                session.policies());
    }

    private static KeywardException gone() {
        return new KeywardException(
                ErrorCode.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
    }
}
