package dev.keyward.boot;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a client in this process asks as. A user stays the one that had the name when the client was made. Immutable and
 * thread-safe.
 *
 * @param account whose it is
 * @param caller who it is
 */
record InProcessIdentity(AccountId account, CallerIdentity caller) {
    private static final Pattern ARN = Pattern.compile("arn:aws:iam::(\\d{12}):(?:root|user(/(?:[^/]+/)*)([^/]+))");

    /**
     * The root user of an account, or a user.
     *
     * @throws IllegalArgumentException if the ARN is of neither, or there is no such user
     */
    static InProcessIdentity named(String arn, IdentityStore store) {
        Matcher form = ARN.matcher(arn);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + arn + "' is not the ARN of a user, as arn:aws:iam::111122223333:user/anna,"
                            + " or of the root user of an account, as arn:aws:iam::111122223333:root");
        }
        AccountId account = new AccountId(form.group(1));
        String name = form.group(3);
        return new InProcessIdentity(
                account, name == null ? new CallerIdentity.RootUser(account) : user(arn, account, name, store));
    }

    private static CallerIdentity user(String arn, AccountId account, String name, IdentityStore store) {
        IdentityRecord user = store.findIdentity(account, IdentityRecord.Kind.USER, name)
                .filter(found -> found.arn().equals(arn))
                .orElseThrow(() -> new IllegalArgumentException("there is no user " + arn));
        return new CallerIdentity.User(user.arn(), user.uniqueId());
    }
}
