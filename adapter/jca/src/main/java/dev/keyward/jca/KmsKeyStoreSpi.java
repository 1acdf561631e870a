package dev.keyward.jca;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * The keys of an account and Region. There is nothing to load: what is asked about one entry asks about that one key, and
 * only {@link #engineAliases} and {@link #engineSize} list, page by page. A key is listed by each of its aliases, or by its id
 * if it has none; it is found by all of them. Passwords are not used.
 */
final class KmsKeyStoreSpi extends KeyStoreSpi {
    /** What DescribeKey answers to a name that no key has, or can have. */
    private static final Set<String> NAMES_NOTHING =
            Set.of("NotFoundException", "InvalidArnException", "ValidationException");

    private static final int MOST_ALIASES_AT_ONCE = 100;
    private static final int MOST_KEYS_AT_ONCE = 1000;

    private final KmsConnection connection;

    /** What is listed; null: everything. */
    private @Nullable List<String> listed;

    KmsKeyStoreSpi(KmsConnection connection) {
        this.connection = connection;
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) {
        if (stream != null) {
            throw new ProviderException("there is nothing to load: give null, or -keystore NONE");
        }
        listed = null;
    }

    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) {
        listed = switch (parameter) {
            case null -> null;
            case KmsLoadStoreParameter given -> given.names();
            default -> throw new IllegalArgumentException("takes null or a KmsLoadStoreParameter");
        };
    }

    @Override
    public void engineStore(@Nullable OutputStream stream, char @Nullable [] password) {
        if (stream != null) {
            throw new ProviderException("keys stay where they are: give null, or -keystore NONE");
        }
    }

    /** Nothing to do: what is entered is entered at once. */
    @Override
    public void engineStore(KeyStore.@Nullable LoadStoreParameter parameter) {}

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) throws UnrecoverableKeyException {
        Optional<KeyMetadata> found = find(alias);
        return found.isEmpty() ? null : key(found.get());
    }

    private KmsKey key(KeyMetadata metadata) throws UnrecoverableKeyException {
        try {
            return connection.key(metadata);
        } catch (InvalidKeyException e) {
            throw (UnrecoverableKeyException) new UnrecoverableKeyException(e.getMessage()).initCause(e);
        }
    }

    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws UnrecoverableKeyException {
        Optional<KeyMetadata> found = find(alias);
        if (found.isEmpty()) {
            return connection
                    .certificates()
                    .trusted(EntryName.of(alias))
                    .map(KeyStore.TrustedCertificateEntry::new)
                    .orElse(null);
        }
        KeyMetadata metadata = found.get();
        return switch (key(metadata)) {
            case KmsSecretKey secret -> new KeyStore.SecretKeyEntry(secret);
            case KmsPrivateKey hidden ->
                signs(metadata) ? new KeyStore.PrivateKeyEntry(hidden, chain(hidden, metadata)) : null;
        };
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> entryClass) {
        Optional<KeyMetadata> key = find(alias);
        if (key.isEmpty()) {
            return entryClass == KeyStore.TrustedCertificateEntry.class && engineIsCertificateEntry(alias);
        }
        boolean isSecret = KmsKeyType.find(key.get().keySpecAsString())
                .filter(type -> type.kind() == KmsKeyType.Kind.SECRET)
                .isPresent();
        return entryClass == (isSecret ? KeyStore.SecretKeyEntry.class : KeyStore.PrivateKeyEntry.class);
    }

    /**
     * The chain of a key pair that can sign. A key that is not enabled, not for signing, or of a spec that no service here
     * uses, shows none: it could not make one, nor prove that one is its own.
     */
    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        Optional<KeyMetadata> found = find(alias).filter(KmsKeyStoreSpi::signs);
        if (found.isEmpty()) {
            return null;
        }
        try {
            return connection.key(found.get()) instanceof KmsPrivateKey hidden ? chain(hidden, found.get()) : null;
        } catch (InvalidKeyException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    private Certificate[] chain(KmsPrivateKey key, KeyMetadata metadata) {
        try {
            return connection.certificates().chain(key, metadata.creationDate()).toArray(Certificate[]::new);
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    private static boolean signs(KeyMetadata key) {
        return key.keyState() == KeyState.ENABLED
                && key.keyUsage() == KeyUsageType.SIGN_VERIFY
                && KmsKeyType.find(key.keySpecAsString()).isPresent();
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        Certificate[] chain = engineGetCertificateChain(alias);
        return chain != null
                ? chain[0]
                : connection.certificates().trusted(EntryName.of(alias)).orElse(null);
    }

    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
        return find(alias).map(key -> Date.from(key.creationDate())).orElse(null);
    }

    /** Gives a key of this provider an alias, or an alias its another key; and a key pair its chain. */
    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        if (!(key instanceof KmsKey ours && connection.isOf(key))) {
            throw new KeyStoreException("only this provider's own keys; others are brought in by ImportKeyMaterial");
        }
        name(EntryName.of(alias), ours);
        if (chain != null && chain.length > 0) {
            if (!(ours instanceof KmsPrivateKey hidden)) {
                throw new KeyStoreException("a secret key has no certificates");
            }
            connection.certificates().putChain(hidden, chain);
        }
    }

    private void name(EntryName name, KmsKey key) throws KeyStoreException {
        Optional<KeyMetadata> present = find(name.inKms());
        if (present.filter(found -> found.arn().equals(key.arn())).isPresent()) {
            return;
        }
        if (!name.isAlias()) {
            throw new KeyStoreException(name.inKms() + " is not an alias, nor this key");
        }
        try {
            if (present.isPresent()) {
                connection
                        .kms()
                        .updateAlias(request -> request.aliasName(name.inKms()).targetKeyId(key.arn()));
            } else {
                connection
                        .kms()
                        .createAlias(request -> request.aliasName(name.inKms()).targetKeyId(key.arn()));
            }
        } catch (SdkException e) {
            throw new KeyStoreException(e.getMessage(), e);
        }
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate @Nullable [] chain) throws KeyStoreException {
        throw new KeyStoreException("only this provider's own keys; others are brought in by ImportKeyMaterial");
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        if (find(alias).isPresent()) {
            throw new KeyStoreException(alias + " is a key");
        }
        connection.certificates().putTrusted(EntryName.of(alias), certificate);
    }

    /** Deletes an alias or a trusted certificate. The alias's key stays: deleting a key is for ScheduleKeyDeletion. */
    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        EntryName name = EntryName.of(alias);
        if (engineIsCertificateEntry(alias)) {
            connection.certificates().removeTrusted(name);
            return;
        }
        if (!name.isAlias()) {
            throw new KeyStoreException("deletes aliases only; a key is deleted by ScheduleKeyDeletion");
        }
        try {
            connection.kms().deleteAlias(request -> request.aliasName(name.inKms()));
        } catch (SdkException e) {
            throw new KeyStoreException(e.getMessage(), e);
        }
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(list());
    }

    @Override
    public int engineSize() {
        return list().size();
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return find(alias).isPresent()
                || connection.certificates().trusted(EntryName.of(alias)).isPresent();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return find(alias).isPresent();
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return connection.certificates().trusted(EntryName.of(alias)).isPresent()
                && find(alias).isEmpty();
    }

    /** The name of a certificate that was put here, or the ARN of the key pair that showed it. */
    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
        return connection.certificates().nameOf(certificate).orElse(null);
    }

    private Optional<KeyMetadata> find(String alias) {
        String inKms = EntryName.of(alias).inKms();
        try {
            return Optional.of(connection
                    .kms()
                    .describeKey(request -> request.keyId(inKms))
                    .keyMetadata());
        } catch (KmsException e) {
            if (NAMES_NOTHING.contains(e.awsErrorDetails().errorCode())) {
                return Optional.empty();
            }
            throw new ProviderException(e.getMessage(), e);
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    private Set<String> list() {
        if (listed != null) {
            return listed.stream()
                    .filter(this::engineContainsAlias)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        try {
            Set<String> names = new LinkedHashSet<>();
            Set<String> named = new HashSet<>();
            for (AliasListEntry alias : connection
                    .kms()
                    .listAliasesPaginator(request -> request.limit(MOST_ALIASES_AT_ONCE))
                    .aliases()) {
                if (alias.targetKeyId() != null) {
                    names.add(new EntryName(alias.aliasName()).listed());
                    named.add(alias.targetKeyId());
                }
            }
            connection.kms().listKeysPaginator(request -> request.limit(MOST_KEYS_AT_ONCE)).keys().stream()
                    .map(KeyListEntry::keyId)
                    .filter(key -> !named.contains(key))
                    .forEach(names::add);
            names.addAll(connection.certificates().trustedNames());
            return names;
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }
}
