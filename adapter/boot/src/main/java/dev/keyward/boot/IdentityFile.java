package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Node.Mapping;
import dev.keyward.boot.settings.Node.Scalar;
import dev.keyward.boot.settings.Node.Sequence;
import dev.keyward.boot.settings.Origin;
import dev.keyward.boot.settings.YamlReader;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.identity.WantedIdentity;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file that says which users and roles there are to be:
 *
 * <pre>
 * accounts:
 *   "111122223333":
 *     users:
 *       alice:
 *         path: /team/
 *         tags: {department: payments}
 *         policies:
 *           encrypt:
 *             Version: "2012-10-17"
 *             Statement: {Effect: Allow, Action: "kms:Encrypt", Resource: "*"}
 *     roles:
 *       worker:
 *         longestSessionSeconds: 43200
 *         trustPolicy:
 *           Version: "2012-10-17"
 *           Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/team/alice"}, Action: "sts:AssumeRole"}
 * </pre>
 *
 * <p>A policy is written as YAML, or as JSON in a text. Whatever is not known is refused, with its line. Immutable and
 * thread-safe.
 *
 * @param identities everybody whom it names
 * @param accounts the accounts that it names
 */
public record IdentityFile(List<WantedIdentity> identities, Set<AccountId> accounts) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FILE = Set.of("accounts");
    private static final Set<String> ACCOUNT = Set.of("users", "roles");
    private static final Set<String> USER = Set.of("path", "tags", "policies");
    private static final Set<String> ROLE = Set.of("path", "tags", "policies", "trustPolicy", "longestSessionSeconds");

    /** Copies the collections. */
    public IdentityFile {
        identities = List.copyOf(identities);
        accounts = Set.copyOf(accounts);
    }

    /**
     * Reads one.
     *
     * @param file what to call it in messages
     * @throws ConfigurationException if it is not such a file; what its policies say is not looked at yet
     */
    public static IdentityFile read(Path file, String text) {
        Mapping root = YamlReader.readFile(file, text);
        allowOnly("the file", root, FILE);
        List<WantedIdentity> identities = new ArrayList<>();
        Set<AccountId> accounts = new LinkedHashSet<>();
        forEach("accounts", root.members().get("accounts"), (number, content) -> {
            AccountId account = account(number, content);
            accounts.add(account);
            Mapping members = mapping("account " + number, content);
            allowOnly("account " + number, members, ACCOUNT);
            forEach(
                    "users",
                    members.members().get("users"),
                    (name, user) -> identities.add(identity(account, "user " + name, name, user, USER)));
            forEach(
                    "roles",
                    members.members().get("roles"),
                    (name, role) -> identities.add(identity(account, "role " + name, name, role, ROLE)));
        });
        return new IdentityFile(identities, accounts);
    }

    private static AccountId account(String number, Node content) {
        try {
            return new AccountId(number);
        } catch (IllegalArgumentException e) {
            throw refusal(content.origin(), number + " is no account number of twelve digits");
        }
    }

    private static WantedIdentity identity(
            AccountId account, String place, String name, Node node, Set<String> allowed) {
        Mapping members = mapping(place, node);
        allowOnly(place, members, allowed);
        List<PolicyDocument> policies = new ArrayList<>();
        forEach(
                place + ": policies",
                members.members().get("policies"),
                (policyName, policy) -> policies.add(new PolicyDocument(policyName, json(policy))));
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        forEach(
                place + ": tags",
                members.members().get("tags"),
                (key, value) -> tags.put(key, text(place + ": tag " + key, value)));
        Node path = members.members().get("path");
        return new WantedIdentity(
                account,
                name,
                path == null ? "/" : text(place + ": path", path),
                policies,
                tags,
                allowed.equals(ROLE) ? trust(place, members) : null);
    }

    private static WantedIdentity.Trust trust(String place, Mapping role) {
        Node policy = role.members().get("trustPolicy");
        if (policy == null) {
            throw refusal(role.origin(), place + " needs a trustPolicy");
        }
        Node longest = role.members().get("longestSessionSeconds");
        return new WantedIdentity.Trust(
                json(policy),
                longest == null
                        ? WantedIdentity.Trust.DEFAULT_LONGEST_SESSION
                        : Duration.ofSeconds(seconds(place + ": longestSessionSeconds", longest)));
    }

    private static long seconds(String place, Node node) {
        String text = text(place, node);
        if (!text.matches("\\d{1,9}")) {
            throw refusal(node.origin(), place + " must be a number of seconds, not " + text);
        }
        return Long.parseLong(text);
    }

    /** The JSON that a text holds, or that a mapping stands for: in a policy every value is a text. */
    private static String json(Node policy) {
        if (policy instanceof Scalar(String text, Origin _)) {
            return text;
        }
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
            write(json, policy);
        }
        return written.toString();
    }

    private static void write(JsonGenerator json, Node node) {
        switch (node) {
            case Scalar(String text, Origin _) -> json.writeString(text);
            case Sequence(List<Node> items, Origin _) -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Mapping(SequencedMap<String, Node> members, Origin _) -> {
                json.writeStartObject();
                members.forEach((name, value) -> {
                    json.writeName(name);
                    write(json, value);
                });
                json.writeEndObject();
            }
        }
    }

    private static void forEach(String place, @Nullable Node node, BiConsumer<String, Node> each) {
        if (node != null) {
            mapping(place, node).members().forEach(each);
        }
    }

    private static Mapping mapping(String place, Node node) {
        return switch (node) {
            case Mapping mapping -> mapping;
            case Scalar _, Sequence _ -> throw refusal(node.origin(), place + " must be a mapping");
        };
    }

    private static String text(String place, Node node) {
        return switch (node) {
            case Scalar(String text, Origin _) -> text;
            case Mapping _, Sequence _ -> throw refusal(node.origin(), place + " must be a text");
        };
    }

    private static void allowOnly(String place, Mapping mapping, Set<String> allowed) {
        for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
            if (!allowed.contains(member.getKey())) {
                throw refusal(
                        member.getValue().origin(),
                        place + " has the unknown member " + member.getKey() + "; known here: "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
        }
    }

    private static ConfigurationException refusal(Origin origin, String what) {
        return new ConfigurationException(origin.description() + ": " + what);
    }
}
