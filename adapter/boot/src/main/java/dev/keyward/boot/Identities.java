package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.AccessKey;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.Region;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stored identities in line with what a start asks for: one root identity, and the access keys that the
 * configuration lists. Used once, at the start, by one thread.
 */
final class Identities {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int GENERATED_SECRET_BYTES = 30; // 40 characters of Base64, as AWS's have

    private final IdentityStore store;
    private final SecretSealer sealer;
    private final SecureRandom random;
    private final InstantSource clock;

    Identities(IdentityStore store, SecretSealer sealer, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes, keeps or replaces the root identity.
     *
     * @throws StartException if there is another one and it is not to be replaced
     */
    AccessKeyRecord establishRoot(RootIdentity wanted) {
        List<AccessKeyRecord> roots = store.listAccessKeys().stream()
                .filter(AccessKeyRecord::root)
                .sorted(Comparator.comparing(AccessKeyRecord::createdAt).reversed())
                .toList();
        AccessKeyRecord present = roots.isEmpty() ? null : roots.getFirst();
        AccessKeyRecord root = present == null ? firstRoot(wanted) : keepOrReplace(present, wanted);
        // A replacement that was cut short leaves the replaced identity behind: it goes now.
        for (AccessKeyRecord other : roots) {
            if (!other.id().equals(root.id())) {
                store.deleteAccessKey(other.id());
            }
        }
        return root;
    }

    private AccessKeyRecord firstRoot(RootIdentity wanted) {
        AccountId account = wanted.account() == null ? RootIdentity.DEFAULT_ACCOUNT : wanted.account();
        if (wanted.accessKeyId() != null && wanted.secret() != null) {
            return put(wanted.accessKeyId(), account, rootPrincipal(account), true, wanted.secret());
        }
        byte[] secret = generatedSecret();
        try {
            return put(generatedId(), account, rootPrincipal(account), true, secret);
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
            AccountId account = wanted.account() == null ? present.account() : wanted.account();
            return put(
                    wanted.accessKeyId() == null ? present.id() : wanted.accessKeyId(),
                    account,
                    rootPrincipal(account),
                    true,
                    wanted.secret() == null ? presentSecret : wanted.secret());
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
     * Stores the access keys that the configuration lists, and takes away those that it no longer lists.
     *
     * @throws ConfigurationException if a secret cannot be read, or an id is the root identity's
     */
    void establishListed(List<AccessKey> listed, Map<String, String> environment) {
        Map<String, AccessKeyRecord> stored =
                store.listAccessKeys().stream().collect(Collectors.toMap(AccessKeyRecord::id, record -> record));
        for (AccessKey accessKey : listed) {
            AccessKeyRecord present = stored.get(accessKey.accessKeyId());
            if (present != null && present.root()) {
                throw new ConfigurationException(
                        "accessKeys: " + accessKey.accessKeyId() + " is the root identity's access key");
            }
            byte[] secret = SecretReader.read(
                    accessKey.secret(), environment, "the secret of access key " + accessKey.accessKeyId());
            try {
                if (!AccessKeyForm.isSecret(new String(secret, StandardCharsets.UTF_8))) {
                    throw new ConfigurationException("the secret of access key " + accessKey.accessKeyId()
                            + " is not allowed as it is; it must be " + AccessKeyForm.SECRET_ALLOWED);
                }
                if (present == null || differs(present, accessKey, secret)) {
                    put(accessKey.accessKeyId(), accessKey.account(), accessKey.principal(), false, secret);
                }
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
        Set<String> kept = listed.stream().map(AccessKey::accessKeyId).collect(Collectors.toSet());
        for (AccessKeyRecord present : stored.values()) {
            if (!present.root() && !kept.contains(present.id())) {
                store.deleteAccessKey(present.id());
            }
        }
    }

    private boolean differs(AccessKeyRecord present, AccessKey listed, byte[] secret) {
        if (!present.account().equals(listed.account())
                || !present.principalArn().equals(listed.principal())) {
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

    private AccessKeyRecord put(String id, AccountId account, String principal, boolean root, byte[] secret) {
        AccessKeyRecord accessKey = new AccessKeyRecord(
                id, account, principal, root, true, sealer.seal(id, account, secret), clock.instant());
        store.putAccessKey(accessKey);
        return accessKey;
    }

    private static String rootPrincipal(AccountId account) {
        return "arn:aws:iam::" + account + ":root";
    }

    private String generatedId() {
        StringBuilder id = new StringBuilder("AKIA");
        for (int i = 0; i < 16; i++) {
            id.append(BASE_32.charAt(random.nextInt(BASE_32.length())));
        }
        return id.toString();
    }

    private byte[] generatedSecret() {
        byte[] bytes = new byte[GENERATED_SECRET_BYTES];
        random.nextBytes(bytes);
        try {
            return Base64.getEncoder().encode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
