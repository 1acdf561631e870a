package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.AccessKey;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccessKeyRecord.Source;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.IdentityAudit;
import dev.keyward.identity.SecretSealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stored identities in line with what a start asks for: one root identity, and the access keys that the
 * configuration lists. Every later change leaves an audit record. Used once, at the start, by one thread.
 */
final class Identities {
    /** What a user may do whom the configuration lists and nobody made: everything that a key's policy leaves to it. */
    private static final PolicyDocument ADMINISTRATOR_ACCESS = new PolicyDocument("AdministratorAccess", """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""");

    private static final String COMMAND = "keyward serve";
    private static final Pattern USER_ARN =
            Pattern.compile("arn:aws:iam::(?<account>\\d{12}):user(?<path>/(?:[^/]+/)*)(?<name>[\\w+=,.@-]{1,64})");

    private final IdentityStore store;
    private final SecretSealer sealer;
    private final Drawn drawn;
    private final InstantSource clock;
    private final AuditSink audit;
    private final Region region;

    /** @param region what the records of changes belong to */
    Identities(
            IdentityStore store,
            SecretSealer sealer,
            Drawn drawn,
            InstantSource clock,
            AuditSink audit,
            Region region) {
        this.store = store;
        this.sealer = sealer;
        this.drawn = drawn;
        this.clock = clock;
        this.audit = audit;
        this.region = region;
    }

    /**
     * Makes, keeps or replaces the root identity.
     *
     * @throws StartException if there is another one and it is not to be replaced
     */
    AccessKeyRecord establishRoot(RootIdentity wanted) {
        AccessKeyRecord present = store.listAccessKeys().stream()
                .filter(accessKey -> accessKey.source() == Source.ROOT)
                .findFirst()
                .orElse(null);
        return present == null ? firstRoot(wanted) : keepOrReplace(present, wanted);
    }

    private AccessKeyRecord firstRoot(RootIdentity wanted) {
        AccountId account = wanted.account() == null ? RootIdentity.DEFAULT_ACCOUNT : wanted.account();
        if (wanted.accessKeyId() != null && wanted.secret() != null) {
            return first(sealed(wanted.accessKeyId(), account, null, Source.ROOT, wanted.secret()));
        }
        byte[] secret = drawn.secret();
        try {
            return first(sealed(drawn.accessKeyId(), account, null, Source.ROOT, secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private AccessKeyRecord keepOrReplace(AccessKeyRecord present, RootIdentity wanted) {
        byte[] presentSecret = secret(present);
        try {
            String difference = difference(present, presentSecret, wanted);
            if (difference == null) {
                return present;
            }
            if (!wanted.replace()) {
                throw new StartException(difference + " is not that of the root identity of this home (" + present.id()
                        + ", account " + present.account() + "); to replace it start with serve --replace-root or "
                        + RootIdentity.REPLACE_VARIABLE + "=true");
            }
            AccessKeyRecord replacement = sealed(
                    wanted.accessKeyId() == null ? present.id() : wanted.accessKeyId(),
                    wanted.account() == null ? present.account() : wanted.account(),
                    null,
                    Source.ROOT,
                    wanted.secret() == null ? presentSecret : wanted.secret());
            change(
                    "ReplaceRoot",
                    replacement,
                    new IdentityChange.DeleteAccessKey(present.id()),
                    new IdentityChange.PutAccessKey(replacement));
            return replacement;
        } finally {
            Arrays.fill(presentSecret, (byte) 0);
        }
    }

    private static @Nullable String difference(AccessKeyRecord present, byte[] presentSecret, RootIdentity wanted) {
        if (wanted.accessKeyId() != null && !wanted.accessKeyId().equals(present.id())) {
            return RootIdentity.ACCESS_KEY_ID_VARIABLE;
        }
        if (wanted.secret() != null && !MessageDigest.isEqual(wanted.secret(), presentSecret)) {
            return RootIdentity.SECRET_ACCESS_KEY_VARIABLE;
        }
        if (wanted.account() != null && !wanted.account().equals(present.account())) {
            return RootIdentity.ACCOUNT_ID_VARIABLE;
        }
        return null;
    }

    /**
     * Stores the access keys that the configuration lists, and takes away those that it no longer lists. A user whom it
     * names and who is not there yet is made, and may do everything in its account.
     *
     * @throws ConfigurationException if a secret cannot be read, a principal is none that can have an access key, or an
     *     id is that of another access key
     */
    void establishListed(List<AccessKey> listed, Map<String, String> environment) {
        for (AccessKey accessKey : listed) {
            AccessKeyRecord present =
                    store.findAccessKey(accessKey.accessKeyId()).orElse(null);
            if (present != null) {
                requireFromConfiguration(present);
            }
            byte[] secret = SecretReader.read(
                    accessKey.secret(), environment, "the secret of access key " + accessKey.accessKeyId());
            try {
                if (!AccessKeyForm.isSecret(new String(secret, StandardCharsets.UTF_8))) {
                    throw new ConfigurationException("the secret of access key " + accessKey.accessKeyId()
                            + " is not allowed as it is; it must be " + AccessKeyForm.SECRET_ALLOWED);
                }
                String userId = userId(accessKey);
                if (present == null || differs(present, accessKey, userId, secret)) {
                    AccessKeyRecord wanted =
                            sealed(accessKey.accessKeyId(), accessKey.account(), userId, Source.CONFIGURATION, secret);
                    change(
                            present == null ? "CreateAccessKey" : "UpdateAccessKey",
                            wanted,
                            new IdentityChange.PutAccessKey(wanted));
                }
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
        Set<String> kept = listed.stream().map(AccessKey::accessKeyId).collect(Collectors.toSet());
        for (AccessKeyRecord present : store.listAccessKeys()) {
            if (present.source() == Source.CONFIGURATION && !kept.contains(present.id())) {
                change("DeleteAccessKey", present, new IdentityChange.DeleteAccessKey(present.id()));
            }
        }
    }

    private static void requireFromConfiguration(AccessKeyRecord present) {
        switch (present.source()) {
            case CONFIGURATION -> {}
            case ROOT ->
                throw new ConfigurationException("accessKeys: " + present.id() + " is the root identity's access key");
            case COMMAND ->
                throw new ConfigurationException(
                        "accessKeys: " + present.id() + " was made by a command: delete it, or do not list it");
        }
    }

    /** The unique id of the user that a listed access key is of, who is made if need be; null for the root user. */
    private @Nullable String userId(AccessKey listed) {
        String principal = listed.principal();
        if (principal.equals(new CallingPrincipal.RootUser(listed.account()).arn())) {
            return null;
        }
        Matcher user = USER_ARN.matcher(principal);
        if (!user.matches() || !user.group("account").equals(listed.account().value())) {
            throw new ConfigurationException("accessKeys: the principal of " + listed.accessKeyId() + ", " + principal
                    + ", must be the root user or a user of account " + listed.account());
        }
        String name = user.group("name");
        IdentityRecord present =
                store.findIdentity(listed.account(), Kind.USER, name).orElse(null);
        if (present == null) {
            return make(listed.account(), user.group("path"), name);
        }
        if (!present.arn().equals(principal)) {
            throw new ConfigurationException("accessKeys: the principal of " + listed.accessKeyId() + " is "
                    + present.arn() + " and not " + principal);
        }
        return present.uniqueId();
    }

    private String make(AccountId account, String path, String name) {
        IdentityRecord made = new IdentityRecord(
                account,
                drawn.userId(),
                path,
                name,
                List.of(ADMINISTRATOR_ACCESS),
                new LinkedHashMap<>(),
                null,
                clock.instant(),
                1);
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("arn", made.arn());
        recorded("CreateUser", account, parameters, List.of(made.arn()), new IdentityChange.Insert(made));
        return made.uniqueId();
    }

    private boolean differs(AccessKeyRecord present, AccessKey listed, @Nullable String userId, byte[] secret) {
        if (!present.account().equals(listed.account()) || !Objects.equals(present.userId(), userId)) {
            return true;
        }
        byte[] presentSecret = secret(present);
        try {
            return !MessageDigest.isEqual(presentSecret, secret);
        } finally {
            Arrays.fill(presentSecret, (byte) 0);
        }
    }

    /** Writes the root identity's profile. */
    void writeCredentials(AccessKeyRecord root, CredentialsFile file, Region region) {
        byte[] secret = secret(root);
        try {
            file.write(root.id(), secret, region);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] secret(AccessKeyRecord accessKey) {
        return sealer.open(accessKey.id(), accessKey.account(), accessKey.sealedSecret());
    }

    private AccessKeyRecord sealed(
            String id, AccountId account, @Nullable String userId, Source source, byte[] secret) {
        return new AccessKeyRecord(
                id, account, userId, source, true, sealer.seal(id, account, secret), clock.instant());
    }

    /** Makes the first identity, with the home itself: it is not recorded. */
    private AccessKeyRecord first(AccessKeyRecord root) {
        store.change(new IdentityChange.PutAccessKey(root));
        return root;
    }

    /** Changes an access key. */
    private void change(String operation, AccessKeyRecord accessKey, IdentityChange... changes) {
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("accessKeyId", accessKey.id());
        recorded(operation, accessKey.account(), parameters, List.of(), changes);
    }

    /** Makes changes that a start asks for, and records them in their account. */
    private void recorded(
            String operation,
            AccountId account,
            SequencedMap<String, Object> parameters,
            List<String> resources,
            IdentityChange... changes) {
        new IdentityAudit(audit, clock, new Scope(account, region), COMMAND)
                .recorded(System.getProperty("user.name", "unknown"), operation, parameters, resources, () -> {
                    store.change(List.of(changes));
                    return true;
                });
    }
}
