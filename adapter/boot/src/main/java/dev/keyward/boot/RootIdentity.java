package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment asks the first identity to be. What it does not ask for is kept from an earlier start, or
 * generated at the first. Immutable and thread-safe.
 *
 * @param accessKeyId null if not asked for
 * @param secret the secret access key, null if not asked for; given exactly when the access key id is
 * @param account null if not asked for
 * @param replace whether a home that has another first identity takes this one instead
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record RootIdentity(
        @Nullable String accessKeyId,
        byte @Nullable [] secret,
        @Nullable AccountId account,
        boolean replace) {
    /** Names the access key. */
    public static final String ACCESS_KEY_ID_VARIABLE = "KEYWARD_ROOT_ACCESS_KEY_ID";

    /** Holds its secret. */
    public static final String SECRET_ACCESS_KEY_VARIABLE = "KEYWARD_ROOT_SECRET_ACCESS_KEY";

    /** Names the account. */
    public static final String ACCOUNT_ID_VARIABLE = "KEYWARD_ROOT_ACCOUNT_ID";

    /** {@code true} to replace the first identity of a home that has another. */
    public static final String REPLACE_VARIABLE = "KEYWARD_ROOT_REPLACE";

    /** The account of a first identity for which none was asked. */
    static final AccountId DEFAULT_ACCOUNT = new AccountId("111122223333");

    /** The account of the root identity of a home, whether or not there is one yet. */
    static AccountId accountIn(IdentityStore store) {
        return store.listAccessKeys().stream()
                .filter(accessKey -> accessKey.source() == AccessKeyRecord.Source.ROOT)
                .map(AccessKeyRecord::account)
                .findFirst()
                .orElse(DEFAULT_ACCOUNT);
    }

    /**
     * Reads the four variables.
     *
     * @param replace whether the command line asks to replace it
     * @throws ConfigurationException if one of them is wrong, or only one of the first two is given; it never shows a
     *     secret
     */
    public static RootIdentity from(Map<String, String> environment, boolean replace) {
        String accessKeyId = environment.get(ACCESS_KEY_ID_VARIABLE);
        String secret = environment.get(SECRET_ACCESS_KEY_VARIABLE);
        if ((accessKeyId == null) != (secret == null)) {
            throw new ConfigurationException(ACCESS_KEY_ID_VARIABLE + " and " + SECRET_ACCESS_KEY_VARIABLE
                    + " go together: " + (secret == null ? SECRET_ACCESS_KEY_VARIABLE : ACCESS_KEY_ID_VARIABLE)
                    + " is not set");
        }
        if (accessKeyId != null && !AccessKeyForm.isId(accessKeyId)) {
            throw wrong(ACCESS_KEY_ID_VARIABLE, AccessKeyForm.ID_ALLOWED);
        }
        if (secret != null && !AccessKeyForm.isSecret(secret)) {
            throw wrong(SECRET_ACCESS_KEY_VARIABLE, AccessKeyForm.SECRET_ALLOWED);
        }
        return new RootIdentity(
                accessKeyId,
                secret == null ? null : secret.getBytes(StandardCharsets.US_ASCII),
                account(environment.get(ACCOUNT_ID_VARIABLE)),
                replace || isTrue(environment.get(REPLACE_VARIABLE)));
    }

    private static @Nullable AccountId account(@Nullable String text) {
        try {
            return text == null ? null : new AccountId(text);
        } catch (IllegalArgumentException e) {
            throw wrong(ACCOUNT_ID_VARIABLE, "an account number of twelve digits");
        }
    }

    private static boolean isTrue(@Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw wrong(REPLACE_VARIABLE, "true or false");
        }
        return "true".equals(text);
    }

    private static ConfigurationException wrong(String variable, String allowed) {
        return new ConfigurationException(
                "environment variable " + variable + " is not allowed as it is; it must be " + allowed);
    }

    @Override
    public String toString() {
        return "RootIdentity[" + accessKeyId + ", " + account + (replace ? ", replace" : "") + "]";
    }
}
