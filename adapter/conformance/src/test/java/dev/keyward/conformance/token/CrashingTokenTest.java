package dev.keyward.conformance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ServicePurpose;
import org.junit.jupiter.api.Test;

class CrashingTokenTest {
    private final InMemoryToken token = new InMemoryToken("memory");
    private final MaterialReference reference = token.reference(MaterialName.ofService(
            new InstallationId("0123456789abcdef"), ServicePurpose.IMPORT_TOKEN, 1, new MaterialId("ab".repeat(32))));

    @Test
    void diesBeforeTheCallAndStaysDead() {
        CrashingToken crashing = new CrashingToken(token, 1);

        assertThatThrownBy(() -> crashing.generate(reference, KeySpec.SYMMETRIC_DEFAULT))
                .isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> crashing.holds(reference)).isInstanceOf(SimulatedCrash.class);
        assertThat(token.reopened().holds(reference)).isFalse();
    }

    @Test
    void diesAfterTheCall() {
        CrashingToken crashing = new CrashingToken(token, 2, CrashingToken.Side.AFTER);

        crashing.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
        assertThatThrownBy(() -> crashing.destroy(reference)).isInstanceOf(SimulatedCrash.class);
        assertThat(token.reopened().holds(reference)).isFalse();
    }

    @Test
    void countsOnlyWhatChangesTheToken() {
        CrashingToken crashing = new CrashingToken(token, CrashingToken.NEVER);

        crashing.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
        crashing.decrypt(reference, new byte[0], crashing.encrypt(reference, new byte[0], new byte[3]));
        crashing.destroy(reference);

        assertThat(crashing.changes()).isEqualTo(2);
    }
}
