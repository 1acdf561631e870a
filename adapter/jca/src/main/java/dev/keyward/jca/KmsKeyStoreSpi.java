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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * The keys of an account and Region. There is nothing to load: what is asked about one entry asks about that one key, and
 * only {@link #engineAliases} and {@link #engineSize} list, page by page. A key is listed by each of its aliases, or by its id
 * if it has none; it is found by all of them. Passwords are not used.
 */
final class KmsKeyStoreSpi extends KeyStoreSpi {
    private final KmsConnection connection;

    KmsKeyStoreSpi(KmsConnection connection) {
        this.connection = connection;
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) {
        if (stream != null) {
            throw new ProviderException("there is nothing to load: give null, or -keystore NONE");
        }
    }

    @Override
    public void engineStore(@Nullable OutputStream stream, char @Nullable [] password) {
        if (stream != null) {
            throw new ProviderException("keys stay where they are: give null, or -keystore NONE");
        }
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) throws UnrecoverableKeyException {
        Optional<KeyMetadata> found = find(alias);
        if (found.isEmpty()) {
            return null;
        }
        try {
            return connection.key(found.get());
        } catch (InvalidKeyException e) {
            throw (UnrecoverableKeyException) new UnrecoverableKeyException(e.getMessage()).initCause(e);
        }
    }

    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws KeyStoreException, UnrecoverableKeyException {
        Key key = engineGetKey(alias, null);
        return key instanceof KmsSecretKey secret ? new KeyStore.SecretKeyEntry(secret) : null;
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> entryClass) {
        return entryClass == KeyStore.SecretKeyEntry.class
                && find(alias).filter(KmsKeyStoreSpi::isSecret).isPresent();
    }

    private static boolean isSecret(KeyMetadata key) {
        return KmsKeyType.find(key.keySpecAsString())
                .filter(type -> type.kind() == KmsKeyType.Kind.SECRET)
                .isPresent();
    }

    /** None: AWS KMS keeps no certificates. */
    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        return null;
    }

    /** None: AWS KMS keeps no certificates. */
    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return null;
    }

    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
        return find(alias).map(key -> Date.from(key.creationDate())).orElse(null);
    }

    /** Gives a key of this provider one more alias, or an alias of its another key. */
    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        if (chain != null && chain.length > 0) {
            throw new KeyStoreException("AWS KMS keeps no certificates");
        }
        if (!(key instanceof KmsKey named && connection.isOf(key))) {
            throw new KeyStoreException("only this provider's own keys; others are brought in by ImportKeyMaterial");
        }
        EntryName name = EntryName.of(alias);
        if (!name.isAlias()) {
            throw new KeyStoreException("a key is entered under an alias, not under " + alias);
        }
        try {
            if (find(alias).isPresent()) {
                connection
                        .kms()
                        .updateAlias(request -> request.aliasName(name.inKms()).targetKeyId(named.arn()));
            } else {
                connection
                        .kms()
                        .createAlias(request -> request.aliasName(name.inKms()).targetKeyId(named.arn()));
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
        throw new KeyStoreException("AWS KMS keeps no certificates");
    }

    /** Deletes an alias. Its key stays: deleting a key is for ScheduleKeyDeletion. */
    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        EntryName name = EntryName.of(alias);
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
        return find(alias).isPresent();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return find(alias).isPresent();
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return false;
    }

    /** None: AWS KMS keeps no certificates. */
    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
        return null;
    }

    private Optional<KeyMetadata> find(String alias) {
        String inKms = EntryName.of(alias).inKms();
        try {
            return Optional.of(connection
                    .kms()
                    .describeKey(request -> request.keyId(inKms))
                    .keyMetadata());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    private Set<String> list() {
        try {
            Set<String> names = new LinkedHashSet<>();
            Set<String> named = new HashSet<>();
            for (AliasListEntry alias : connection.kms().listAliasesPaginator().aliases()) {
                if (alias.targetKeyId() != null) {
                    names.add(new EntryName(alias.aliasName()).listed());
                    named.add(alias.targetKeyId());
                }
            }
            connection.kms().listKeysPaginator().keys().stream()
                    .map(KeyListEntry::keyId)
                    .filter(key -> !named.contains(key))
                    .forEach(names::add);
            return names;
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }
}
