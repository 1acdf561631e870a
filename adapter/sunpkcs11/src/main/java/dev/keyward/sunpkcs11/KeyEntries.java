package dev.keyward.sunpkcs11;

import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys through SunPKCS11's key store and remembers them. The store shows secret keys by their label, and private keys
 * by the label of the certificate that has their CKA_ID; it can only be asked for everything at once, so it is asked anew
 * when somebody wants what it did not show before. Thread-safe.
 *
 * <p>A reference whose id is its label in bytes, as {@link SunPkcs11Token} makes them, names an object by both. Of other
 * references the label alone is looked at: the store shows no CKA_ID.
 */
final class KeyEntries {
    /** A private key and its public half. */
    record Pair(PrivateKey privateKey, PublicKey publicKey) {}

    private final KeyStore store;
    private final PairCheck check;
    private final Map<String, SecretKey> secretKeys = new ConcurrentHashMap<>();
    private final Map<String, Pair> pairs = new ConcurrentHashMap<>();

    /** Those of a provider that is logged in. */
    KeyEntries(Provider provider) {
        this.store = Failures.translated("opening the key store", () -> KeyStore.getInstance("PKCS11", provider));
        this.check = new PairCheck(provider);
        reload();
    }

    /**
     * Uses a secret key.
     *
     * @throws TokenException with {@link Reason#OBJECT_MISSING} if there is none of that name
     */
    <T> T useSecretKey(MaterialReference reference, Function<SecretKey, T> action) {
        return use(reference, secretKeys, this::secretKey, action);
    }

    /**
     * Uses a key pair.
     *
     * @throws TokenException with {@link Reason#OBJECT_MISSING} if there is none of that name, or with {@link
     *     Reason#FAILED} if the certificate beside the private key is another key's
     */
    <T> T usePair(MaterialReference reference, Function<Pair, T> action) {
        return use(reference, pairs, this::pair, action);
    }

    /** Whether the token has an entry of that name now. */
    synchronized boolean holds(MaterialReference reference) {
        reload();
        return contains(alias(reference));
    }

    /** Removes an entry, if it is there: a secret key, or a private key with its certificate. */
    synchronized void destroy(MaterialReference reference) {
        String alias = alias(reference);
        secretKeys.remove(alias);
        pairs.remove(alias);
        reload();
        if (contains(alias)) {
            Failures.translated("destroying " + alias, () -> {
                store.deleteEntry(alias);
                return alias;
            });
        }
    }

    /** The names of all entries of the token. */
    synchronized List<String> aliases() {
        reload();
        return Failures.translated("listing", () -> Collections.list(store.aliases()));
    }

    /** Makes something in the token, while nobody looks for anything: some tokens lose their way if somebody does. */
    synchronized <T> T making(Supplier<T> action) {
        return action.get();
    }

    private <T, K> T use(
            MaterialReference reference,
            Map<String, K> known,
            Function<String, Optional<K>> find,
            Function<K, T> action) {
        String alias = alias(reference);
        K remembered = known.get(alias);
        if (remembered != null) {
            try {
                return action.apply(remembered);
            } catch (TokenException e) {
                if (e.reason() != Reason.OBJECT_MISSING) {
                    throw e;
                }
                known.remove(alias, remembered); // its handle is stale
            }
        }
        K found = find.apply(alias)
                .orElseThrow(() -> new TokenException(
                        Reason.OBJECT_MISSING, "the key store of SunPKCS11 shows no such key: " + alias));
        known.put(alias, found);
        return action.apply(found);
    }

    private synchronized Optional<SecretKey> secretKey(String alias) {
        return key(alias) instanceof SecretKey key ? Optional.of(key) : Optional.empty();
    }

    private synchronized Optional<Pair> pair(String alias) {
        if (!(key(alias) instanceof PrivateKey privateKey)) {
            return Optional.empty();
        }
        Certificate certificate =
                Failures.translated("reading the certificate of " + alias, () -> store.getCertificate(alias));
        Pair pair = new Pair(privateKey, certificate.getPublicKey());
        if (!check.belongTogether(pair)) {
            throw new TokenException(Reason.FAILED, "the certificate of " + alias + " is not that of its key");
        }
        return Optional.of(pair);
    }

    private @Nullable Key key(String alias) {
        if (!contains(alias)) {
            reload();
        }
        return Failures.translated("looking for " + alias, () -> store.getKey(alias, null));
    }

    private boolean contains(String alias) {
        return Failures.translated("looking for " + alias, () -> store.containsAlias(alias));
    }

    private synchronized void reload() {
        try {
            store.load(null, null);
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw Failures.translate("reading the token's objects", e);
        }
    }

    private static String alias(MaterialReference reference) {
        return ObjectName.of(reference).label();
    }
}
