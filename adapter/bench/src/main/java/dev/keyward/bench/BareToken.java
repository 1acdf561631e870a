package dev.keyward.bench;

import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.pkcs11.session.TokenSelector;
import dev.keyward.pkcs11.session.UserType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the token's own work costs: the calls that an Encrypt comes to, through the same binding, on a session object like
 * a subkey, and nothing else.
 */
public class BareToken {
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int ASSOCIATED_BYTES = 32;

    /** A session object like a subkey, and a session for each thread. */
    @State(Scope.Benchmark)
    public static class Key {
        private static final long SECRET_KEY_CLASS = 4;
        private static final long AES = 0x1F;

        private final FreshHome home = new FreshHome();
        private final Pkcs11Library library = Pkcs11Library.open(SoftHsm.prepare(home), null);
        private final TokenDescription token = new Slots(library.cryptoki()).find(TokenSelector.label(FreshHome.LABEL));
        private final Session keeper = open();
        private final ThreadLocal<Session> sessions = ThreadLocal.withInitial(this::open);
        private final long handle;

        public Key() {
            keeper.login(UserType.USER, home.pin());
            handle = keeper.generateKey(new Mechanism.Plain(MechanismType.AES_KEY_GEN), subkey());
        }

        private Session open() {
            return Session.open(library.cryptoki(), token);
        }

        private static Template subkey() {
            return Template.builder()
                    .flags(true, AttributeType.PRIVATE, AttributeType.SENSITIVE, AttributeType.ENCRYPT)
                    .flags(
                            false,
                            AttributeType.TOKEN,
                            AttributeType.EXTRACTABLE,
                            AttributeType.COPYABLE,
                            AttributeType.DECRYPT,
                            AttributeType.SIGN,
                            AttributeType.VERIFY,
                            AttributeType.WRAP,
                            AttributeType.UNWRAP,
                            AttributeType.DERIVE)
                    .number(AttributeType.CLASS, SECRET_KEY_CLASS)
                    .number(AttributeType.KEY_TYPE, AES)
                    .number(AttributeType.VALUE_LEN, 32)
                    .build();
        }

        byte[] encrypt(byte[] plaintext) {
            Session session = sessions.get();
            Mechanism mechanism = new Mechanism.AesGcm(session.random(IV_BYTES), new byte[ASSOCIATED_BYTES]);
            return session.encrypt(mechanism, handle, plaintext, plaintext.length + TAG_BYTES);
        }

        /** Ends the library, and with it every session. */
        @TearDown
        public void close() {
            library.close();
            home.close();
        }
    }

    private static final byte[] DATA_KEY = new byte[32];
    private static final byte[] LONGEST = new byte[4096];

    @Benchmark
    @Row(
            title = "AES-256-GCM of 32 bytes, bare calls through the same binding, session key",
            threads = {1, 2})
    public byte[] encrypt(Key key) {
        return key.encrypt(DATA_KEY);
    }

    @Benchmark
    @Row(title = "AES-256-GCM of 4096 bytes, bare calls through the same binding, session key")
    public byte[] encryptLongest(Key key) {
        return key.encrypt(LONGEST);
    }
}
