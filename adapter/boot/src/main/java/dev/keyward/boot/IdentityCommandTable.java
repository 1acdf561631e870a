package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityRecord.RoleTerms;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.TokenException;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.identity.IdentityException;
import dev.keyward.identity.WantedIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out commands about identities: one row each. Thread-safe. */
final class IdentityCommandTable {
    private static final List<String> FACTS = List.of("", "");

    /** What a command does with what it is given. */
    private interface Work {
        IdentityReply run(IdentityCommand command);
    }

    private final IdentityAdministration identities;
    private final AccountId homeAccount;
    private final Map<String, Work> table;

    /** @param homeAccount the account of commands that name none */
    IdentityCommandTable(IdentityAdministration identities, AccountId homeAccount) {
        this.identities = identities;
        this.homeAccount = homeAccount;
        this.table = Map.ofEntries(
                Map.entry("list", this::list),
                Map.entry("show", this::show),
                Map.entry("create-user", this::createUser),
                Map.entry("create-role", this::createRole),
                Map.entry("delete", this::delete),
                Map.entry("put-policy", this::putPolicy),
                Map.entry("delete-policy", this::deletePolicy),
                Map.entry("create-access-key", this::createAccessKey),
                Map.entry("delete-access-key", this::deleteAccessKey),
                Map.entry("set-access-key", this::setAccessKey),
                Map.entry("set-root", this::setRoot),
                Map.entry("apply", this::apply));
    }

    /** Carries out a command; whatever ends it otherwise than well is the reply's refusal. */
    IdentityReply run(IdentityCommand command) {
        Work work = table.get(command.name());
        if (work == null) {
            return IdentityReply.refused("there is no command " + command.name() + " in this version");
        }
        try {
            return work.run(command);
        } catch (IdentityException
                | ConfigurationException
                | StoreException
                | TokenException
                | AuditException
                | IllegalArgumentException refused) {
            return IdentityReply.refused(String.valueOf(refused.getMessage()));
        }
    }

    private IdentityReply list(IdentityCommand command) {
        List<AccessKeyRecord> accessKeys = identities.accessKeys();
        List<List<String>> rows = new ArrayList<>();
        accessKeys.stream()
                .filter(accessKey -> accessKey.userId() == null)
                .forEach(accessKey -> rows.add(List.of(
                        "arn:aws:iam::" + accessKey.account() + ":root",
                        accessKey.account().value(),
                        describe(accessKey))));
        for (IdentityRecord identity : identities.identities()) {
            String keys = String.join(
                    ", ",
                    of(identity, accessKeys).map(IdentityCommandTable::describe).toList());
            rows.add(List.of(identity.arn(), identity.uniqueId(), keys));
        }
        return IdentityReply.table(List.of("arn", "unique id", "access keys"), rows);
    }

    private IdentityReply show(IdentityCommand command) {
        IdentityRecord identity = identity(command);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("arn", identity.arn()));
        rows.add(List.of("unique id", identity.uniqueId()));
        rows.add(List.of("made", identity.createdAt().toString()));
        identity.tags().forEach((key, value) -> rows.add(List.of("tag " + key, value)));
        RoleTerms role = identity.role();
        if (role != null) {
            rows.add(List.of("longest session", role.longestSession().toSeconds() + " s"));
            rows.add(List.of("trust policy", role.trustPolicy()));
        }
        identity.policies().forEach(policy -> rows.add(List.of("policy " + policy.name(), policy.text())));
        of(identity, identities.accessKeys())
                .forEach(accessKey -> rows.add(List.of("access key", describe(accessKey))));
        return IdentityReply.table(FACTS, rows);
    }

    private IdentityReply createUser(IdentityCommand command) {
        return create(command, null);
    }

    private IdentityReply createRole(IdentityCommand command) {
        String longest = command.find("longest-session-seconds");
        return create(
                command,
                new WantedIdentity.Trust(
                        command.require("trust-policy"),
                        longest == null
                                ? WantedIdentity.Trust.DEFAULT_LONGEST_SESSION
                                : Duration.ofSeconds(Long.parseLong(longest))));
    }

    private IdentityReply create(IdentityCommand command, WantedIdentity.@Nullable Trust trust) {
        String path = command.find("path");
        WantedIdentity wanted = new WantedIdentity(
                account(command),
                command.require("name"),
                path == null ? "/" : path,
                List.of(),
                new LinkedHashMap<>(),
                trust);
        identities.create(command.operator(), wanted);
        IdentityRecord made = identities.find(wanted.account(), trust == null ? Kind.USER : Kind.ROLE, wanted.name());
        return IdentityReply.table(FACTS, List.of(List.of("made", made.arn()), List.of("unique id", made.uniqueId())));
    }

    private IdentityReply delete(IdentityCommand command) {
        IdentityRecord identity = identity(command);
        identities.delete(command.operator(), identity);
        return IdentityReply.done(identity.arn() + " is gone, with its access keys and sessions");
    }

    private IdentityReply putPolicy(IdentityCommand command) {
        IdentityRecord identity = identity(command);
        PolicyDocument policy = new PolicyDocument(command.require("policy"), command.require("document"));
        identities.putPolicy(command.operator(), identity, policy);
        return IdentityReply.done(identity.arn() + " has policy " + policy.name());
    }

    private IdentityReply deletePolicy(IdentityCommand command) {
        IdentityRecord identity = identity(command);
        identities.deletePolicy(command.operator(), identity, command.require("policy"));
        return IdentityReply.done(identity.arn() + " no longer has policy " + command.require("policy"));
    }

    private IdentityReply createAccessKey(IdentityCommand command) {
        return IdentityReply.made(identities.createAccessKey(command.operator(), identity(command)));
    }

    private IdentityReply deleteAccessKey(IdentityCommand command) {
        identities.deleteAccessKey(command.operator(), command.require("id"));
        return IdentityReply.done(command.require("id") + " is gone");
    }

    private IdentityReply setAccessKey(IdentityCommand command) {
        boolean active = isActive(command);
        identities.setAccessKey(command.operator(), command.require("id"), active);
        return IdentityReply.done(command.require("id") + (active ? " is active" : " is inactive"));
    }

    private IdentityReply setRoot(IdentityCommand command) {
        boolean active = isActive(command);
        identities.setRoot(command.operator(), active);
        return IdentityReply.done("the root identity " + (active ? "may sign" : "may not sign"));
    }

    private IdentityReply apply(IdentityCommand command) {
        IdentityFile file = IdentityFile.read(Path.of(command.require("file")), command.require("content"));
        Set<AccountId> pruned = "true".equals(command.find("prune")) ? file.accounts() : Set.of();
        boolean dryRun = "true".equals(command.find("dry-run"));
        return IdentityReply.table(
                List.of(dryRun ? "would do" : "done", "arn", "what"),
                identities.apply(command.operator(), file.identities(), pruned, dryRun).stream()
                        .map(difference -> List.of(difference.sign().symbol(), difference.arn(), difference.what()))
                        .toList());
    }

    private IdentityRecord identity(IdentityCommand command) {
        Kind kind = Kind.valueOf(command.require("kind"));
        return identities.find(account(command), kind, command.require("name"));
    }

    private AccountId account(IdentityCommand command) {
        String account = command.find("account");
        return account == null ? homeAccount : new AccountId(account);
    }

    private static boolean isActive(IdentityCommand command) {
        return "true".equals(command.require("active"));
    }

    private static Stream<AccessKeyRecord> of(IdentityRecord identity, List<AccessKeyRecord> accessKeys) {
        return accessKeys.stream().filter(accessKey -> identity.uniqueId().equals(accessKey.userId()));
    }

    private static String describe(AccessKeyRecord accessKey) {
        return accessKey.id() + (accessKey.active() ? "" : " (inactive)");
    }
}
