package dev.keyward.bench;

import dev.keyward.boot.EmbeddedKeyward;
import dev.keyward.jca.KeywardProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.services.kms.KmsClient;

/** Finding one key by its alias in the key store of the provider for Java, in process: the store is loaded anew for it. */
public class KeyStores {
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int ALIASES_PER_KEY = 50;

    /** A Keyward with keys that have as many aliases as a key can have, and its provider. */
    public abstract static class Keys {
        private final int count;
        private final FreshHome home = new FreshHome();
        private final EmbeddedKeyward keyward = EmbeddedKeyward.open(home.configuration());
        private final KmsClient kms = keyward.kmsClient(keyward.rootArn());
        private final KeywardProvider provider = new KeywardProvider(kms);

        Keys(int count) {
            this.count = count;
        }

        /** Creates the keys. */
        @Setup
        public void create() {
            String key = "";
            for (int i = 0; i < count; i++) {
                if (i % ALIASES_PER_KEY == 0) {
                    key = kms.createKey().keyMetadata().keyId();
                }
                name(key, "alias/" + i);
            }
        }

        private void name(String key, String alias) {
            kms.createAlias(request -> request.aliasName(alias).targetKeyId(key));
        }

        Key find() throws GeneralSecurityException, IOException {
            KeyStore keys = KeyStore.getInstance("Keyward", provider);
            keys.load(null);
            return keys.getKey(Integer.toString(count / 2), null);
        }

        /** Removes the home. */
        @TearDown
        public void close() {
            keyward.close();
            home.close();
        }
    }

    /** Ten. */
    @State(Scope.Benchmark)
    public static class Few extends Keys {
        public Few() {
            super(FEW);
        }
    }

    /** Ten thousand. */
    @State(Scope.Benchmark)
    public static class Many extends Keys {
        public Many() {
            super(MANY);
        }
    }

    @Benchmark
    @Row(title = "Key store loaded and a key found by its name, of 10 names")
    public Key findAmongFew(Few keys) throws GeneralSecurityException, IOException {
        return keys.find();
    }

    @Benchmark
    @Row(
            title = "Key store loaded and a key found by its name, of 10,000 names",
            against = @Against(type = KeyStores.class, method = "findAmongFew", called = "10 names", atLeast = 0.8))
    public Key findAmongMany(Many keys) throws GeneralSecurityException, IOException {
        return keys.find();
    }
}
