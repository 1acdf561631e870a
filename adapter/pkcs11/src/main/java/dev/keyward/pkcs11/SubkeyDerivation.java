package dev.keyward.pkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.profile.HsmProfile;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How a 256-bit subkey follows from a material, a purpose and a nonce. */
enum SubkeyDerivation {
    SP800_108_CMAC(CiphertextForm.SP800_108_SUBKEY, MechanismType.SP800_108_COUNTER_KDF) {
        @Override
        Mechanism mechanism(Purpose purpose, byte[] nonce) {
            byte[] context = ByteBuffer.allocate(1 + nonce.length)
                    .put(purpose.code)
                    .put(nonce)
                    .array();
            return new Mechanism.Sp800108CounterKdf("keyward subkey", context);
        }
    },
    /** Two blocks: a byte with the purpose in its upper half and 1 or 2 in its lower, then the nonce. */
    ECB_ENCRYPT_DATA(CiphertextForm.ECB_SUBKEY, MechanismType.AES_ECB_ENCRYPT_DATA) {
        @Override
        Mechanism mechanism(Purpose purpose, byte[] nonce) {
            ByteBuffer blocks = ByteBuffer.allocate(LENGTH_BYTES);
            for (int number = 1; number <= 2; number++) {
                blocks.put((byte) (purpose.code << 4 | number)).put(nonce);
            }
            return new Mechanism.AesEcbEncryptData(blocks.array());
        }
    };

    /** What a subkey is for; nothing derived for one purpose equals anything derived for another. */
    enum Purpose {
        MESSAGES(0),
        IDENTIFICATION(1);

        private final byte code;

        Purpose(int code) {
            this.code = (byte) code;
        }
    }

    /** The length of a subkey. */
    static final int LENGTH_BYTES = 32;

    private final CiphertextForm form;
    private final MechanismType type;

    SubkeyDerivation(CiphertextForm form, MechanismType type) {
        this.form = form;
        this.type = type;
    }

    /** The form of messages under such a subkey. */
    CiphertextForm form() {
        return form;
    }

    /** The mechanism that derives. */
    MechanismType type() {
        return type;
    }

    /** The mechanism with its parameters. */
    abstract Mechanism mechanism(Purpose purpose, byte[] nonce);

    /** What a profile asks for; nothing if its tokens cannot derive. */
    static Optional<SubkeyDerivation> of(HsmProfile.Derivation derivation) {
        return switch (derivation) {
            case NONE -> Optional.empty();
            case SP800_108_CMAC -> Optional.of(SP800_108_CMAC);
            case ECB_ENCRYPT_DATA -> Optional.of(ECB_ENCRYPT_DATA);
        };
    }

    /** What a message's form asks for; nothing for the direct one. */
    static Optional<SubkeyDerivation> of(CiphertextForm form) {
        return switch (form) {
            case SP800_108_SUBKEY -> Optional.of(SP800_108_CMAC);
            case ECB_SUBKEY -> Optional.of(ECB_ENCRYPT_DATA);
            case DIRECT -> Optional.empty();
        };
    }
}
