package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenSelector;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A token that forgets login and sessions, and PINs that it does not take. */
class ConnectionLossTest {
    private static final byte[] NOTHING = {};
    private static final byte[] PLAINTEXT = {1, 2, 3};

    private final Pkcs11Configuration configuration = SoftHsm.freshToken();

    @Test
    void logsInAgainAndFindsEverythingAgain() {
        FixedPin pin = new FixedPin(SoftHsm.PIN);
        try (Pkcs11Token token = Pkcs11Token.open(with(pin))) {
            MaterialReference reference = generated(token);
            SealedMessage message = token.encrypt(reference, NOTHING, PLAINTEXT);
            assertThat(pin.reads()).isEqualTo(1);

            closeAllSessions();

            assertThat(token.decrypt(reference, NOTHING, message)).isEqualTo(PLAINTEXT);
            assertThat(token.encrypt(reference, NOTHING, PLAINTEXT).nonce()).isNotEqualTo(message.nonce());
            assertThat(pin.reads()).isEqualTo(2);
        }
    }

    @Test
    void doesNotTakeALostLoginForAMissingObject() {
        try (Pkcs11Token token = Pkcs11Token.open(configuration)) {
            MaterialReference reference = referenceOfAnotherOpening();
            closeAllSessions();

            assertThat(token.holds(reference)).isTrue();
            closeAllSessions();
            token.destroy(reference);
            assertThat(token.holds(reference)).isFalse();
        }
    }

    @Test
    void saysThatAChangeMayHaveBeenLost() {
        try (Pkcs11Token token = Pkcs11Token.open(configuration)) {
            MaterialReference reference = generated(token);
            MaterialReference another = another(token);
            closeAllSessions();

            assertThat(reasonOf(() -> token.generate(another, KeySpec.SYMMETRIC_DEFAULT)))
                    .isEqualTo(Reason.UNAVAILABLE);
            assertThat(token.holds(reference)).isTrue();
        }
    }

    @Test
    void asksNobodyAgainForAPinThatWasTypedIn() {
        FixedPin pin = new FixedPin(SoftHsm.PIN, false);
        try (Pkcs11Token token = Pkcs11Token.open(with(pin))) {
            generated(token);
            closeAllSessions();

            assertThat(reasonOf(() -> token.random(1))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(reasonOf(() -> token.random(1))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(pin.reads()).isEqualTo(1);
        }
    }

    @Test
    void triesAWrongPinOnce() {
        FixedPin pin = new FixedPin("wrong-4321");

        assertThat(reasonOf(() -> Pkcs11Token.open(with(pin)))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(pin.reads()).isEqualTo(1);
    }

    @Test
    void triesAPinThatBecameWrongOnce() {
        ChangingPin pin = new ChangingPin();
        try (Pkcs11Token token = Pkcs11Token.open(with(pin))) {
            generated(token);
            pin.value = "wrong-4321";
            closeAllSessions();

            for (int call = 0; call < 3; call++) {
                assertThat(reasonOf(() -> token.random(1))).isEqualTo(Reason.UNAVAILABLE);
            }
            assertThat(pin.reads).isEqualTo(2);
        }
    }

    @Test
    void saysWhichTokensThereAreIfNoneIsMeant() {
        Pkcs11Configuration lost = new Pkcs11Configuration(
                "lost",
                null,
                configuration.directory(),
                TokenSelector.label("no such label"),
                SoftHsm.PROFILE,
                configuration.pin(),
                1,
                configuration.sessionWait());

        assertThatThrownBy(() -> Pkcs11Token.open(lost))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("no such label")
                .hasMessageContaining(String.valueOf(configuration.selector().label()));
    }

    @Test
    void takesNoTokenIfSeveralAreMeant() {
        Pkcs11Configuration second = SoftHsm.freshToken();
        Pkcs11Configuration ambiguous = new Pkcs11Configuration(
                "ambiguous",
                null,
                second.directory(),
                new TokenSelector(null, null, "SoftHSM v2"),
                SoftHsm.PROFILE,
                second.pin(),
                1,
                second.sessionWait());

        assertThatThrownBy(() -> Pkcs11Token.open(ambiguous))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("tokens have model 'SoftHSM v2'")
                .hasMessageContaining(String.valueOf(second.selector().label()));
    }

    private MaterialReference referenceOfAnotherOpening() {
        try (Pkcs11Token token = Pkcs11Token.open(configuration)) {
            return generated(token);
        }
    }

    private void closeAllSessions() {
        try (Pkcs11Library library = Libraries.open(SoftHsm.PROFILE, null, configuration.directory())) {
            Slots slots = new Slots(library.cryptoki());
            library.cryptoki()
                    .closeAllSessions(slots.find(configuration.selector()).slot());
        }
    }

    private Pkcs11Configuration with(PinSource pin) {
        return new Pkcs11Configuration(
                configuration.name(),
                configuration.library(),
                configuration.directory(),
                configuration.selector(),
                configuration.profile(),
                pin,
                configuration.maximumSessions(),
                configuration.sessionWait());
    }

    private static MaterialReference generated(Pkcs11Token token) {
        MaterialReference reference = another(token);
        token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
        return reference;
    }

    private static MaterialReference another(Pkcs11Token token) {
        return token.reference(MaterialName.ofService(
                new InstallationId("0123456789abcdef"),
                ServicePurpose.IMPORT_TOKEN,
                1,
                MaterialId.of(token.random(MaterialId.LENGTH_BYTES))));
    }

    private static Reason reasonOf(ThrowingCallable call) {
        TokenException[] thrown = new TokenException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, e -> thrown[0] = e);
        return thrown[0].reason();
    }

    private static final class ChangingPin implements PinSource {
        private String value = SoftHsm.PIN;
        private int reads;

        @Override
        public byte[] read() {
            reads++;
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isUnattended() {
            return true;
        }
    }
}
