package dev.keyward.sunpkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeyAgreementAlgorithm;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What this engine does not do, whatever the token could: one row each, with what is missing for it in JDK 25. Whatever is
 * refused is refused by a row of this table.
 */
enum Gap {
    // spotless:off
    // gap             what is refused                                   what is missing for it
    SUBKEYS           ("a ciphertext under a derived subkey",            "SunPKCS11 derives no keys (CKM_SP800_108_COUNTER_KDF, CKM_AES_ECB_ENCRYPT_DATA)"),
    IMPORT            ("import of key material",                         "SunPKCS11 unwraps neither by CKM_RSA_PKCS_OAEP nor into an object of the token"),
    OAEP              ("encryption with RSA keys",                       "SunPKCS11 has no CKM_RSA_PKCS_OAEP"),
    PSS               ("RSASSA-PSS",                                     "SunPKCS11 signs messages by CKM_RSA_PKCS_PSS and no digests"),
    EDWARDS_CURVES    ("a key on an Edwards curve",                      "SunPKCS11 has neither CKM_EC_EDWARDS_KEY_PAIR_GEN nor CKM_EDDSA"),
    SECG_CURVES       ("a key on the curve secp256k1",                   "the JDK has no such curve for CKM_EC_KEY_PAIR_GEN");
    // spotless:on

    private final String refused;
    private final String missing;

    Gap(String refused, String missing) {
        this.refused = refused;
        this.missing = missing;
    }

    /** What says so. */
    TokenException refusal() {
        return new TokenException(
                Reason.UNSUPPORTED,
                refused + " is not for the engine sunpkcs11: " + missing + "; the engine keyward may");
    }

    /** What is in the way of messages of that form. */
    static Optional<Gap> of(CiphertextForm form) {
        return switch (form) {
            case SP800_108_SUBKEY, ECB_SUBKEY -> Optional.of(SUBKEYS);
            case DIRECT -> Optional.empty();
        };
    }

    /** What is in the way of an algorithm. */
    static Optional<Gap> of(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EncryptionAlgorithm.SYMMETRIC_DEFAULT -> Optional.empty();
            case EncryptionAlgorithm.RSAES_OAEP_SHA_1, EncryptionAlgorithm.RSAES_OAEP_SHA_256 -> Optional.of(OAEP);
            case KeyAgreementAlgorithm.ECDH -> Optional.empty();
            case MacAlgorithm mac -> Optional.empty();
            case SigningAlgorithm signing ->
                switch (signing.scheme()) {
                    case RSASSA_PKCS1_V1_5, ECDSA -> Optional.empty();
                    case RSASSA_PSS -> Optional.of(PSS);
                    case ED25519, ED25519_PH -> Optional.of(EDWARDS_CURVES);
                };
        };
    }

    /** What is in the way of keys of a spec, for any usage. */
    static Optional<Gap> of(KeySpec spec) {
        return spec.curve().flatMap(curve -> switch (curve) {
            case NIST_P256, NIST_P384, NIST_P521 -> Optional.empty();
            case SECG_P256K1 -> Optional.of(SECG_CURVES);
            case EDWARDS25519 -> Optional.of(EDWARDS_CURVES);
        });
    }

    /** What is in the way of keys of a spec for a usage: of all that they would compute. */
    static Optional<Gap> of(KeySpec spec, KeyUsage usage) {
        List<Optional<Gap>> gaps = spec.algorithms(usage).stream().map(Gap::of).toList();
        return of(spec).or(() -> gaps.stream().allMatch(Optional::isPresent) ? gaps.getFirst() : Optional.empty());
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if there is a gap */
    static void requireNone(Optional<Gap> gap) {
        if (gap.isPresent()) {
            throw gap.get().refusal();
        }
    }
}
