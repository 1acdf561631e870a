package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.PolicyDocument;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The people of the tests' tables, in a small language: {@code alice} is a user, {@code @admin} a role. {@code :policy},
 * {@code #tag} and, of a role, {@code >alice} (whom it trusts) may follow in that order.
 */
final class People {
    static final AccountId ACCOUNT = new AccountId("111122223333");
    static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private static final String USER_ARN = "arn:aws:iam::" + ACCOUNT + ":user/";
    private static final String ROLE_ARN = "arn:aws:iam::" + ACCOUNT + ":role/";
    private static final Pattern ONE =
            Pattern.compile("(?<role>@)?(?<name>\\w+)(?::(?<policy>\\w+))?(?:#(?<tag>\\w+))?(?:>(?<trusted>@?\\w+))?");

    private People() {}

    static List<WantedIdentity> wanted(String people) {
        return Stream.of(people.split(" ", -1))
                .filter(one -> !one.isEmpty())
                .map(People::one)
                .toList();
    }

    private static WantedIdentity one(String text) {
        Matcher one = ONE.matcher(text);
        if (!one.matches()) {
            throw new IllegalArgumentException(text);
        }
        List<PolicyDocument> policies = Stream.ofNullable(one.group("policy"))
                .map(name -> new PolicyDocument(name, """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"""))
                .toList();
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        if (one.group("tag") != null) {
            tags.put("tag", one.group("tag"));
        }
        return new WantedIdentity(
                ACCOUNT,
                one.group("name"),
                "/",
                policies,
                tags,
                one.group("role") == null ? null : trust(one.group("trusted") == null ? "" : one.group("trusted")));
    }

    private static WantedIdentity.Trust trust(String trusted) {
        String principal = trusted.isEmpty() ? ACCOUNT.value() : arn(trusted);
        return new WantedIdentity.Trust("""
                {"Version": "2012-10-17", "Statement":
                 {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}}""".formatted(principal), WantedIdentity.Trust.DEFAULT_LONGEST_SESSION);
    }

    /** The ARN of {@code alice} or {@code @admin}. */
    static String arn(String name) {
        return name.startsWith("@") ? ROLE_ARN + name.substring(1) : USER_ARN + name;
    }

    /** Differences in the language of the tables. */
    static List<String> shown(List<Difference> differences) {
        return differences.stream()
                .map(difference -> difference.toString().replace(USER_ARN, "").replace(ROLE_ARN, "@"))
                .toList();
    }

    static IdentityPlan plan(IdentityStore store, String people, boolean pruned) {
        return IdentityPlan.make(
                store, wanted(people), pruned ? Set.of(ACCOUNT) : Set.of(), new Drawn(new SecureRandom()), NOW);
    }

    /** Makes them be there. */
    static void put(IdentityStore store, String people) {
        store.change(plan(store, people, false).changes());
    }

    static IdentityRecord find(IdentityStore store, String name) {
        IdentityRecord.Kind kind = name.startsWith("@") ? IdentityRecord.Kind.ROLE : IdentityRecord.Kind.USER;
        return store.findIdentity(ACCOUNT, kind, name.startsWith("@") ? name.substring(1) : name)
                .orElseThrow();
    }
}
