package dev.keyward.jca;

import java.security.KeyStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key store of type {@code Keyward} shall list when it is loaded: some names, rather than all that is there. For a
 * {@code KeyManagerFactory} and others that go through a whole key store. By its name an entry is found all the same,
 * listed or not. Immutable.
 *
 * <pre>{@code
 * keys.load(KmsLoadStoreParameter.listing("tls"));
 * }</pre>
 *
 * @param names aliases, key ids or names of certificates; one that is not there is not listed
 */
public record KmsLoadStoreParameter(List<String> names) implements KeyStore.LoadStoreParameter {
    /** A parameter with a copy of the names. */
    public KmsLoadStoreParameter {
        names = List.copyOf(names);
    }

    /** A parameter with these names. */
    public static KmsLoadStoreParameter listing(String... names) {
        return new KmsLoadStoreParameter(List.of(names));
    }

    /** None: nothing here is protected by a password. */
    @Override
    public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
        return null;
    }
}
