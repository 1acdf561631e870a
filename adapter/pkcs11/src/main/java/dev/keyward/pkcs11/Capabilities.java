package dev.keyward.pkcs11;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.MechanismNumber;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What of Keyward works on a token, from its profile and its mechanisms, and why the rest does not. Immutable. */
final class Capabilities {
    /**
     * Whether something works.
     *
     * @param works whether it does
     * @param because by which mechanism, or why not
     */
    record Finding(boolean works, String because) {}

    private final HsmProfile profile;
    private final Set<Long> offered;
    private final Map<TokenCapability, Finding> findings = new EnumMap<>(TokenCapability.class);

    /** @param offered the mechanisms of the token, by their numbers */
    Capabilities(HsmProfile profile, Set<Long> offered) {
        this.profile = profile;
        this.offered = Set.copyOf(offered);
        for (TokenCapability capability : TokenCapability.values()) {
            findings.put(capability, find(capability));
        }
    }

    /** What works. */
    Set<TokenCapability> all() {
        return findings.entrySet().stream()
                .filter(entry -> entry.getValue().works())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one works, and why. */
    Finding finding(TokenCapability capability) {
        return findings.getOrDefault(capability, new Finding(false, "unknown"));
    }

    boolean has(TokenCapability capability) {
        return finding(capability).works();
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if it does not work */
    void require(TokenCapability capability) {
        Finding finding = finding(capability);
        if (!finding.works()) {
            throw new TokenException(Reason.UNSUPPORTED, capability + " does not work here: " + finding.because());
        }
    }

    /** Whether keys of a spec can be made, and by which mechanism. */
    Finding finding(KeySpec spec) {
        Finding mechanism = by(KeyMechanisms.generating(spec.type()));
        return spec.curve()
                .filter(curve -> mechanism.works() && !profile.knows(curve))
                .map(curve -> no("profile " + profile.name() + " does not know the curve " + curve + " for "
                        + mechanism.because()))
                .orElse(mechanism);
    }

    /** Whether an algorithm can be computed, and by which mechanism. */
    Finding finding(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EncryptionAlgorithm oaep when oaep.isOaep() -> oaepAnywhere(OaepHash.of(oaep.oaepHash()));
            // A token that does not know the flag could take it for no flag, and would then sign something else.
            case SigningAlgorithm.ED25519_PH_SHA_512 ->
                no("CKM_EDDSA with phFlag is not used: no list of mechanisms tells whether a token knows it");
            default -> by(KeyMechanisms.of(algorithm));
        };
    }

    /** Whether material of a spec can come in wrapped, and by which mechanisms it is told from other material. */
    Finding importing(KeySpec spec) {
        Finding made = finding(spec);
        if (!made.works()) {
            return made;
        }
        return switch (spec.type()) {
            case AES -> finding(TokenCapability.IDENTIFY_MATERIAL);
            case HMAC -> by(KeyMechanisms.of(spec.algorithms()).getFirst());
            case RSA -> privateKeys(MechanismType.RSA_PKCS);
            case ELLIPTIC_CURVE -> privateKeys(MechanismType.ECDH1_DERIVE, MechanismType.ECDSA);
            case EDWARDS_CURVE -> no("no mechanism tells the public half of an unwrapped CKK_EC_EDWARDS key");
        };
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if material of that spec cannot come in wrapped */
    void requireImport(KeySpec spec) {
        require("imported keys of spec " + spec, importing(spec));
    }

    /** Whether the token can take OAEP padding off itself. */
    boolean unpadsInToken(OaepHash hash) {
        return oaep(hash).works();
    }

    private Finding oaepAnywhere(OaepHash hash) {
        Finding inToken = oaep(hash);
        Finding onHost = finding(TokenCapability.UNPAD_OAEP_ON_HOST);
        return inToken.works() || !onHost.works() ? inToken : yes(onHost.because() + " and the host");
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if keys of that spec cannot be made */
    void require(KeySpec spec) {
        require("keys of spec " + spec, finding(spec));
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if that algorithm cannot be computed */
    void require(KeyAlgorithm algorithm) {
        require(algorithm.name(), finding(algorithm));
    }

    private static void require(String what, Finding finding) {
        if (!finding.works()) {
            throw new TokenException(Reason.UNSUPPORTED, what + " cannot be used here: " + finding.because());
        }
    }

    private Finding find(TokenCapability capability) {
        Optional<MechanismType> derivation =
                SubkeyDerivation.of(profile.derivation()).map(SubkeyDerivation::type);
        return switch (capability) {
            case DERIVE_SUBKEYS ->
                derivation
                        .map(type -> by(type, MechanismType.AES_GCM))
                        .orElseGet(() -> no("profile " + profile.name() + " knows no derivation"));
            case ENCRYPT_DIRECTLY ->
                derivation
                        .map(type -> no("profile " + profile.name() + " derives subkeys instead"))
                        .orElseGet(() -> by(MechanismType.AES_GCM));
            case IDENTIFY_MATERIAL ->
                derivation
                        .map(type -> by(type, MechanismType.AES_CMAC))
                        .orElseGet(() -> no("profile " + profile.name() + " knows no derivation"));
            case GENERATE_WRAPPING_KEYS -> by(MechanismType.RSA_PKCS_KEY_PAIR_GEN);
            case UNWRAP_OAEP_SHA_1 -> oaep(OaepHash.SHA_1);
            case UNWRAP_OAEP_SHA_256 -> oaep(OaepHash.SHA_256);
            case UNPAD_OAEP_ON_HOST ->
                profile.oaep().hostUnpadding()
                        ? by(MechanismType.RSA_X_509)
                        : no("profile " + profile.name() + " does not let the host unpad");
            case UNWRAP_RFC_5649 -> rfc5649();
        };
    }

    private Finding oaep(OaepHash hash) {
        return profile.oaep().tokenHashes().contains(hash)
                ? by(MechanismType.RSA_PKCS_OAEP)
                : no("profile " + profile.name() + " has no OAEP with " + hash.algorithm() + " in the token");
    }

    private Finding rfc5649() {
        MechanismNumber number = profile.rfc5649Mechanism();
        if (number == null) {
            return no("profile " + profile.name() + " names no mechanism for it");
        }
        String mechanism = MechanismType.nameOf(number.code());
        return offered.contains(number.code()) ? yes(mechanism) : absent(mechanism);
    }

    private Finding by(MechanismType... types) {
        for (MechanismType type : types) {
            if (!offered.contains(type.code())) {
                return absent(type.symbol());
            }
        }
        return yes(Arrays.stream(types).map(MechanismType::symbol).collect(Collectors.joining(", ")));
    }

    private Finding privateKeys(MechanismType... recognising) {
        return profile.unwrapsPrivateKeys()
                ? both(rfc5649(), by(recognising))
                : no("profile " + profile.name() + " does not unwrap keys of CKO_PRIVATE_KEY");
    }

    private static Finding both(Finding one, Finding other) {
        if (!one.works()) {
            return one;
        }
        return other.works() ? yes(one.because() + ", " + other.because()) : other;
    }

    private static Finding yes(String mechanism) {
        return new Finding(true, mechanism);
    }

    private static Finding absent(String mechanism) {
        return no("the token has no " + mechanism);
    }

    private static Finding no(String reason) {
        return new Finding(false, reason);
    }
}
