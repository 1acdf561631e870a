package dev.keyward.pkcs11;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeyAgreementAlgorithm;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.pkcs11.mechanism.MechanismType;
import java.util.List;

/** By which mechanisms keys are made and used: a row for each type of key, and one for each algorithm. Stateless. */
final class KeyMechanisms {
    private KeyMechanisms() {}

    /** What makes keys of a type. */
    static MechanismType generating(KeyType type) {
        return switch (type) {
            case AES -> MechanismType.AES_KEY_GEN;
            case HMAC -> MechanismType.GENERIC_SECRET_KEY_GEN;
            case RSA -> MechanismType.RSA_PKCS_KEY_PAIR_GEN;
            case ELLIPTIC_CURVE -> MechanismType.EC_KEY_PAIR_GEN;
            case EDWARDS_CURVE -> MechanismType.EC_EDWARDS_KEY_PAIR_GEN;
        };
    }

    /** What computes an algorithm. */
    static MechanismType of(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EncryptionAlgorithm.SYMMETRIC_DEFAULT -> MechanismType.AES_GCM;
            case EncryptionAlgorithm.RSAES_OAEP_SHA_1, EncryptionAlgorithm.RSAES_OAEP_SHA_256 ->
                MechanismType.RSA_PKCS_OAEP;
            case MacAlgorithm.HMAC_SHA_224 -> MechanismType.SHA224_HMAC;
            case MacAlgorithm.HMAC_SHA_256 -> MechanismType.SHA256_HMAC;
            case MacAlgorithm.HMAC_SHA_384 -> MechanismType.SHA384_HMAC;
            case MacAlgorithm.HMAC_SHA_512 -> MechanismType.SHA512_HMAC;
            case KeyAgreementAlgorithm.ECDH -> MechanismType.ECDH1_DERIVE;
            case SigningAlgorithm signing -> of(signing.scheme());
        };
    }

    /** What signs a digest. */
    private static MechanismType of(SigningAlgorithm.Scheme scheme) {
        return switch (scheme) {
            case RSASSA_PKCS1_V1_5 -> MechanismType.RSA_PKCS;
            case RSASSA_PSS -> MechanismType.RSA_PKCS_PSS;
            case ECDSA -> MechanismType.ECDSA;
            case ED25519, ED25519_PH -> MechanismType.EDDSA;
        };
    }

    /** What computes any of the algorithms. */
    static List<MechanismType> of(List<? extends KeyAlgorithm> algorithms) {
        return algorithms.stream().map(KeyMechanisms::of).distinct().toList();
    }
}
