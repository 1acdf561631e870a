package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Connection;
import dev.keyward.pkcs11.session.SessionPool;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sessions are lent up to a maximum; whoever waits too long is told that the token is busy. */
class SessionLendingTest {
    private final Pkcs11Configuration configuration = SoftHsm.freshToken();

    @Test
    void saysBusyWhenNoSessionComesFree() {
        try (Pkcs11Library library = Libraries.open(SoftHsm.PROFILE, null, configuration.directory());
                Connection connection = Connection.open(
                        library.cryptoki(), configuration.selector(), configuration.pin(), 1, Duration.ofMillis(20))) {
            SessionPool sessions = connection.sessions();

            Reason whileLent = sessions.use(held -> reasonOf(() -> sessions.use(another -> another.random(1))));

            assertThat(whileLent).isEqualTo(Reason.BUSY);
            byte[] afterwards = sessions.use(session -> session.random(8));
            assertThat(afterwards).hasSize(8);
        }
    }

    @Test
    void doesNotCloseUnderAnybodysHands() {
        try (Pkcs11Library library = Libraries.open(SoftHsm.PROFILE, null, configuration.directory());
                Connection connection = Connection.open(
                        library.cryptoki(), configuration.selector(), configuration.pin(), 2, Duration.ofMillis(20))) {
            SessionPool sessions = connection.sessions();

            Reason whileLent = sessions.use(held -> reasonOf(sessions::close));

            assertThat(whileLent).isEqualTo(Reason.BUSY);
            sessions.close();
            assertThat(reasonOf(() -> sessions.use(session -> session.random(1))))
                    .isEqualTo(Reason.UNAVAILABLE);
        }
    }

    private static Reason reasonOf(Runnable call) {
        TokenException[] thrown = new TokenException[1];
        assertThatThrownBy(call::run).isInstanceOfSatisfying(TokenException.class, e -> thrown[0] = e);
        return thrown[0].reason();
    }
}
