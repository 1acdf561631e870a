package dev.keyward.pkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.profile.HsmProfile;
import java.util.Optional;
import java.util.Set;

/**
 * Which derivation encrypts on a token, and which forms it can read. A token whose profile learned a better derivation
 * still reads the forms of the others that it has. Immutable and thread-safe.
 */
final class DerivationChoice {
    private final String profile;
    private final Optional<SubkeyDerivation> chosen;
    private final Set<Long> mechanisms;

    /** @param mechanisms what the token offers */
    DerivationChoice(HsmProfile profile, Set<Long> mechanisms) {
        this.profile = profile.name();
        this.chosen = SubkeyDerivation.of(profile.derivation());
        this.mechanisms = mechanisms;
    }

    /** How to derive what encrypts; nothing if the material encrypts itself. */
    Optional<SubkeyDerivation> forEncryption() {
        return chosen;
    }

    /**
     * How to derive what decrypts a form; nothing if the material does it itself.
     *
     * @throws TokenException with {@link Reason#UNSUPPORTED} if the token cannot read that form
     */
    Optional<SubkeyDerivation> forDecryption(CiphertextForm form) {
        Optional<SubkeyDerivation> asked = SubkeyDerivation.of(form);
        boolean possible = asked.isPresent() == chosen.isPresent()
                && asked.map(derivation -> mechanisms.contains(derivation.type().code()))
                        .orElse(true);
        if (!possible) {
            throw new TokenException(
                    Reason.UNSUPPORTED, "a token of profile " + profile + " cannot read the form " + form);
        }
        return asked;
    }
}
