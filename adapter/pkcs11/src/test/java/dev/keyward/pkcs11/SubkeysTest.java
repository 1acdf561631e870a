package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a subkey is used, and that none is left behind in the token. */
class SubkeysTest {
    private static final Template SESSION_KEYS =
            Template.builder().flags(false, AttributeType.TOKEN).build();

    private final Pkcs11Configuration configuration = SoftHsm.freshToken();
    private final Pkcs11Library library = Libraries.open(SoftHsm.PROFILE, null, configuration.directory());
    private final Connection connection = Connection.open(
            library.cryptoki(), configuration.selector(), configuration.pin(), 2, Duration.ofSeconds(1));
    private final AtomicLong nanoseconds = new AtomicLong();
    private final Subkeys subkeys = new Subkeys(
            connection.keeper(), new TokenObjects(true), new KeyTemplates(SoftHsm.PROFILE), nanoseconds::get);
    private MaterialReference material = noReference();

    @BeforeEach
    void generateMaterial() {
        try (Pkcs11Token token = Pkcs11Token.open(configuration)) {
            material = token.reference(MaterialName.ofService(
                    new InstallationId("0123456789abcdef"),
                    ServicePurpose.IMPORT_TOKEN,
                    1,
                    MaterialId.of(token.random(32))));
            token.generate(material, KeySpec.SYMMETRIC_DEFAULT);
        }
    }

    @AfterEach
    void disconnect() {
        connection.close();
        library.close();
    }

    @Test
    void oneSubkeyEncryptsForAnHour() {
        String first = encryptingNonce();
        nanoseconds.set(Subkeys.MAXIMUM_AGE.toNanos() - 1);
        assertThat(encryptingNonce()).isEqualTo(first);

        nanoseconds.set(Subkeys.MAXIMUM_AGE.toNanos());
        assertThat(encryptingNonce()).isNotEqualTo(first);
        assertThat(sessionKeys()).isEqualTo(1);
    }

    @Test
    void forgettingLeavesNoneBehind() {
        encryptingNonce();
        for (byte number = 0; number < 5; number++) {
            decrypting(number);
        }
        assertThat(sessionKeys()).isEqualTo(6);

        subkeys.forget(material);

        assertThat(sessionKeys()).isZero();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        for (int number = 0; number < Subkeys.MAXIMUM_DECRYPTING + 200; number++) {
            decrypting(number);
        }

        assertThat(sessionKeys()).isLessThanOrEqualTo(Subkeys.MAXIMUM_DECRYPTING + 1);
    }

    @Test
    void derivesAgainWhatTheTokenLost() {
        String lost = connection
                .sessions()
                .use(session -> subkeys.encrypting(session, material, SubkeyDerivation.ECB_ENCRYPT_DATA, subkey -> {
                    session.destroyObject(subkey.handle());
                    return HexFormat.of().formatHex(subkey.nonce());
                }));
        List<String> nonces = new ArrayList<>();

        byte[] iv = new byte[12];
        connection
                .sessions()
                .use(session -> subkeys.encrypting(session, material, SubkeyDerivation.ECB_ENCRYPT_DATA, subkey -> {
                    nonces.add(HexFormat.of().formatHex(subkey.nonce()));
                    return session.encrypt(new Mechanism.AesGcm(iv, iv), subkey.handle(), iv, 28);
                }));

        assertThat(nonces).hasSize(2).first().isEqualTo(lost);
    }

    private String encryptingNonce() {
        return connection
                .sessions()
                .use(session -> subkeys.encrypting(
                        session,
                        material,
                        SubkeyDerivation.ECB_ENCRYPT_DATA,
                        subkey -> HexFormat.of().formatHex(subkey.nonce())));
    }

    private void decrypting(int number) {
        byte[] nonce = new byte[15];
        nonce[0] = (byte) number;
        nonce[1] = (byte) (number >> 8);
        long handle = connection
                .sessions()
                .use(session -> subkeys.decrypting(
                        session, material, SubkeyDerivation.ECB_ENCRYPT_DATA, nonce, Subkey::handle));
        assertThat(handle).isPositive();
    }

    private int sessionKeys() {
        return connection.sessions().use(session -> session.find(SESSION_KEYS).size());
    }

    private static MaterialReference noReference() {
        return new MaterialReference("none", MaterialReference.Residence.TOKEN_OBJECT, new byte[0]);
    }
}
