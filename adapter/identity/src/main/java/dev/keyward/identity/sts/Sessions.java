package dev.keyward.identity.sts;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityRecord.RoleTerms;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.SessionTokens;
import dev.keyward.policy.IdentityPolicy;
import dev.keyward.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds roles, reads what a session is asked to be, and begins it. Thread-safe. */
final class Sessions {
    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:aws:iam::(?<account>\\d{12}):role/(?:[^/]*/)*(?<name>[^/]+)");
    private static final Pattern ANY = Pattern.compile("(?s).*");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern SECONDS = Pattern.compile("\\d*");
    private static final int LONGEST_SESSION_POLICY = 2048;
    private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
    private static final Duration SHORTEST_DURATION = Duration.ofMinutes(15);
    private static final Duration LONGEST_DURATION = Duration.ofHours(12);

    private final IdentityStore store;
    private final SessionTokens tokens;
    private final Drawn drawn;

    Sessions(IdentityStore store, SessionTokens tokens, Drawn drawn) {
        this.store = store;
        this.tokens = tokens;
        this.drawn = drawn;
    }

    /**
     * What a session is asked to be.
     *
     * @param roleArn of which role
     * @param name what it is called
     * @param duration how long it lasts
     * @param policies what narrows it; empty for nothing
     */
    record Wanted(String roleArn, String name, Duration duration, List<PolicyDocument> policies) {}

    /** A role that is there, with its terms. */
    record Role(IdentityRecord identity, RoleTerms terms) {
        /** Its trust policy, which means whom it meant when it was stored. */
        TrustPolicy trustPolicy() {
            return TrustPolicy.parse(terms.trustPolicy(), identity.account()).boundTo(terms.trustedIds());
        }
    }

    /** Reads the parameters that both ways to a session share. */
    static Wanted wanted(Parameters parameters) {
        String roleArn = parameters.require("RoleArn", 20, 2048, ANY);
        String name = parameters.require("RoleSessionName", 2, 64, SESSION_NAME);
        Duration duration = parameters
                .optional("DurationSeconds", 1, 9, SECONDS)
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(DEFAULT_DURATION);
        if (duration.compareTo(SHORTEST_DURATION) < 0 || duration.compareTo(LONGEST_DURATION) > 0) {
            throw Parameters.invalid(
                    "1 validation error detected: Value '%d' at 'durationSeconds' failed to satisfy constraint: Member must have value %s than or equal to %d"
                            .formatted(
                                    duration.toSeconds(),
                                    duration.compareTo(LONGEST_DURATION) > 0 ? "less" : "greater",
                                    (duration.compareTo(LONGEST_DURATION) > 0 ? LONGEST_DURATION : SHORTEST_DURATION)
                                            .toSeconds()));
        }
        List<PolicyDocument> policies =
                parameters.optional("Policy", 1, LONGEST_SESSION_POLICY, ANY).map(Sessions::sessionPolicy).stream()
                        .toList();
        return new Wanted(roleArn, name, duration, policies);
    }

    private static PolicyDocument sessionPolicy(String text) {
        PolicyDocument policy = new PolicyDocument("session policy", text);
        try {
            IdentityPolicy.parse(policy.name(), policy.text());
        } catch (KeywardException malformed) {
            if (malformed.code() == ErrorCode.MALFORMED_POLICY_DOCUMENT) {
                throw new StsException(StsError.MALFORMED_POLICY_DOCUMENT, String.valueOf(malformed.getMessage()));
            }
            throw malformed;
        }
        return policy;
    }

    /** The role of an ARN; empty if there is none, which nobody is told. */
    Optional<Role> role(String arn) {
        Matcher parts = ROLE_ARN.matcher(arn);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return store.findIdentity(new AccountId(parts.group("account")), Kind.ROLE, parts.group("name"))
                .filter(identity -> identity.arn().equals(arn))
                .flatMap(identity -> Optional.ofNullable(identity.role()).map(terms -> new Role(identity, terms)));
    }

    /** Refuses a session that would last longer than its role allows. */
    static void requireAllowedDuration(Wanted wanted, Role role) {
        if (wanted.duration().compareTo(role.terms().longestSession()) > 0) {
            throw Parameters.invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    /**
     * Begins a session that was allowed, and gives the elements that describe it in an answer.
     *
     * @param webIdentity whom it is for, if an identity provider vouched for that one; null if it is for a principal
     */
    SequencedMap<String, Object> begin(Wanted wanted, Role role, @Nullable WebIdentityUser webIdentity, Instant now) {
        IdentityRecord identity = role.identity();
        TemporarySession session = new TemporarySession(
                identity.account(),
                identity.arn(),
                identity.uniqueId(),
                wanted.name(),
                webIdentity,
                wanted.policies(),
                now.truncatedTo(ChronoUnit.SECONDS),
                Instant.ofEpochSecond(now.plus(wanted.duration()).getEpochSecond()));
        SequencedMap<String, Object> user = new LinkedHashMap<>();
        user.put("AssumedRoleId", session.principalId());
        user.put("Arn", session.arn());
        SequencedMap<String, Object> elements = new LinkedHashMap<>();
        elements.put("AssumedRoleUser", user);
        elements.put("Credentials", credentials(session));
        return elements;
    }

    private SequencedMap<String, Object> credentials(TemporarySession session) {
        String accessKeyId = drawn.temporaryAccessKeyId();
        byte[] secret = drawn.secret();
        try {
            SequencedMap<String, Object> credentials = new LinkedHashMap<>();
            credentials.put("AccessKeyId", accessKeyId);
            credentials.put("SecretAccessKey", new String(secret, StandardCharsets.US_ASCII));
            credentials.put("SessionToken", tokens.seal(accessKeyId, session, secret));
            credentials.put("Expiration", session.expiresAt().toString());
            return credentials;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
