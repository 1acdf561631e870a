package dev.keyward.kms;

import dev.keyward.conformance.ListedPrincipals;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.PrincipalRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.TemporarySession;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The people of the tests and the policies that are their own. Whoever is not among them is as a listed access key. */
public final class People implements PrincipalDirectory {
    private static final AccountId HERE = new AccountId(FaceFixture.ACCOUNT);
    private static final AccountId ELSEWHERE = new AccountId(FaceFixture.OTHER_ACCOUNT);
    private static final Instant SESSION_BEGUN_AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final PolicyDocument EVERYTHING = document("\"*\"");

    private final Map<String, PrincipalRecord> byName = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    People() {
        add("root", new CallingPrincipal.RootUser(HERE), List.of());
        add("alice", user(HERE, "alice"), List.of(EVERYTHING));
        add("bob", user(HERE, "bob"), List.of());
        add("session", session(), List.of(EVERYTHING));
        add("stranger", user(ELSEWHERE, "stranger"), List.of(EVERYTHING));
        add("bare-stranger", user(ELSEWHERE, "bare-stranger"), List.of());
        add("stranger-root", new CallingPrincipal.RootUser(ELSEWHERE), List.of());
    }

    /** Gives somebody exactly these permissions: a list of actions in JSON. */
    public void permit(String name, String actions) {
        add(name, record(name).principal(), List.of(document(actions)));
    }

    /** Takes somebody away, and has somebody else of that name and with those policies made in the place. */
    public void makeAgain(String name) {
        CallingPrincipal again = switch (record(name).principal()) {
            case CallingPrincipal.RootUser root -> throw new IllegalArgumentException(root + " cannot be made again");
            case CallingPrincipal.User user ->
                new CallingPrincipal.User(user.account(), user.arn(), user.uniqueId() + "AGAIN", user.tags());
            case CallingPrincipal.RoleSession session ->
                new CallingPrincipal.RoleSession(
                        session.account(),
                        session.roleArn(),
                        session.roleId() + "AGAIN",
                        session.sessionName(),
                        session.tags());
        };
        add(name, again, record(name).identityPolicies());
    }

    /** Takes somebody away. */
    public void remove(String name) {
        gone.add(arn(name));
        byName.remove(name);
    }

    /** The ARN of one of the people. */
    public String arn(String name) {
        return record(name).principal().arn();
    }

    /** One of the people, sending a request over TLS from 203.0.113.7 with a client of their own. */
    public Caller caller(String name) {
        CallingPrincipal principal = record(name).principal();
        return new Caller(
                new Scope(principal.account(), new Region("us-east-1")),
                identity(principal),
                "AKIAEXAMPLE",
                "203.0.113.7",
                "tests/1.0",
                "request-1",
                true);
    }

    private static CallerIdentity identity(CallingPrincipal principal) {
        return switch (principal) {
            case CallingPrincipal.RootUser root -> new CallerIdentity.RootUser(root.account());
            case CallingPrincipal.User user -> new CallerIdentity.User(user.arn(), user.uniqueId());
            case CallingPrincipal.RoleSession session ->
                new CallerIdentity.RoleSession(new TemporarySession(
                        session.account(),
                        session.roleArn(),
                        session.roleId(),
                        session.sessionName(),
                        null,
                        List.of(),
                        SESSION_BEGUN_AT,
                        SESSION_BEGUN_AT.plusSeconds(3600)));
        };
    }

    @Override
    public PrincipalRecord find(Caller caller) {
        return byName.values().stream()
                .filter(known -> known.principal().arn().equals(caller.principalArn()))
                .findFirst()
                .orElseGet(() -> new ListedPrincipals().find(caller));
    }

    /** Everybody but those who were taken away: the people by their unique ids, others as listed ones are. */
    @Override
    public Map<String, String> uniqueIds(List<String> arns) {
        Map<String, String> uniqueIds = new HashMap<>(new ListedPrincipals().uniqueIds(arns));
        for (PrincipalRecord known : byName.values()) {
            switch (known.principal()) {
                case CallingPrincipal.RootUser _ -> {}
                case CallingPrincipal.User user -> uniqueIds.replace(user.arn(), user.uniqueId());
                case CallingPrincipal.RoleSession session -> {
                    uniqueIds.replace(session.arn(), session.roleId());
                    uniqueIds.replace(session.roleArn(), session.roleId());
                }
            }
        }
        uniqueIds.keySet().removeAll(gone);
        return uniqueIds;
    }

    private PrincipalRecord record(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private void add(String name, CallingPrincipal principal, List<PolicyDocument> policies) {
        byName.put(name, new PrincipalRecord(principal, policies, List.of()));
    }

    private static CallingPrincipal user(AccountId account, String name) {
        return new CallingPrincipal.User(
                account,
                "arn:aws:iam::" + account + ":user/" + name,
                "AIDA" + name.toUpperCase(Locale.ROOT),
                Map.of("team", "blue"));
    }

    private static CallingPrincipal session() {
        return new CallingPrincipal.RoleSession(
                HERE, "arn:aws:iam::" + HERE + ":role/deployer", "AROADEPLOYER", "nightly", Map.of());
    }

    private static PolicyDocument document(String actions) {
        return new PolicyDocument("test", """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %s, "Resource": "*"}]}
                """.formatted(actions));
    }
}
