package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the unique ids of the users and roles that a policy names by ARN, now. Stateless but for the store. */
public final class UniqueIds {
    private static final Pattern IDENTITY =
            Pattern.compile("arn:aws:iam::(?<account>\\d{12}):(?<kind>user|role)/(?:.*/)?(?<name>[^/]+)");
    private static final Pattern SESSION =
            Pattern.compile("arn:aws:sts::(?<account>\\d{12}):assumed-role/(?<name>[^/]+)/[^/]+");

    private final IdentityStore store;

    public UniqueIds(IdentityStore store) {
        this.store = store;
    }

    /**
     * The unique ids by ARN; of a session, that of its role. Whoever is not there has none.
     *
     * @param arns as {@link dev.keyward.policy.KeyPolicy#namedIdentities} gives them
     */
    public Map<String, String> of(List<String> arns) {
        Map<String, String> found = new HashMap<>();
        for (String arn : arns) {
            find(arn).ifPresent(identity -> found.put(arn, identity.uniqueId()));
        }
        return found;
    }

    private Optional<IdentityRecord> find(String arn) {
        Matcher session = SESSION.matcher(arn);
        if (session.matches()) {
            return store.findIdentity(new AccountId(session.group("account")), Kind.ROLE, session.group("name"));
        }
        Matcher identity = IDENTITY.matcher(arn);
        if (!identity.matches()) {
            return Optional.empty();
        }
        Kind kind = identity.group("kind").equals(Kind.USER.word()) ? Kind.USER : Kind.ROLE;
        return store.findIdentity(new AccountId(identity.group("account")), kind, identity.group("name"))
                .filter(found -> found.arn().equals(arn));
    }

    /** The account and the name of the role that a session's ARN is of; empty for any other ARN. */
    static Optional<String> roleOfSession(String arn) {
        Matcher session = SESSION.matcher(arn);
        return session.matches()
                ? Optional.of(session.group("account") + "/" + session.group("name"))
                : Optional.empty();
    }

    /** Whether an ARN is that of the role that {@link #roleOfSession} gave, whatever its path. */
    static boolean isRoleNamed(String arn, String accountAndName) {
        Matcher identity = IDENTITY.matcher(arn);
        return identity.matches()
                && identity.group("kind").equals(Kind.ROLE.word())
                && accountAndName.equals(identity.group("account") + "/" + identity.group("name"));
    }
}
