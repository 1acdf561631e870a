package dev.keyward.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.SoftwareSealing;
import dev.keyward.conformance.store.InMemoryIdentityStore;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.SessionTokens;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final int LONGEST_ARN = 2048;

    private final Sessions sessions = new Sessions(
            new InMemoryIdentityStore(), new SessionTokens(new SoftwareSealing()), new Drawn(new SecureRandom()));

    /** A pattern that goes one call deeper at each slash would end in a stack overflow, which nothing records. */
    @Test
    void aRoleOfManySlashesIsLookedForInVain() {
        String prefix = "arn:aws:iam::111122223333:role/";

        assertThat(sessions.role(prefix + "/".repeat(LONGEST_ARN - prefix.length() - 1) + "r"))
                .isEmpty();
    }
}
