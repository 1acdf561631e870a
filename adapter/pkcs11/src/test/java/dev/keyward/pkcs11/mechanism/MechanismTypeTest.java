package dev.keyward.pkcs11.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MechanismTypeTest {
    @ParameterizedTest
    @EnumSource
    void everyMechanismThatIsUsedIsCalledAsTheStandardCallsIt(MechanismType type) {
        assertThat(MechanismType.nameOf(type.code())).isEqualTo(type.symbol());
    }

    @Test
    void whatIsNotUsedHasItsNameToo() {
        assertThat(MechanismType.nameOf(0x1057)).isEqualTo("CKM_EDDSA");
    }

    @Test
    void aVendorsMechanismIsItsNumber() {
        assertThat(MechanismType.nameOf(0x80000001L)).isEqualTo("CKM_0x80000001");
    }
}
