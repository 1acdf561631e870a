package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.KeywardException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which keys an operation works on, by what they are and what they are for: one row for each kind of operation. */
enum KeyRequirement {
    /** All of them. */
    ANY(key -> true, ErrorCode.INTERNAL, ""),
    /** What encrypts. */
    ENCRYPTS(key -> key.usage() == KeyUsage.ENCRYPT_DECRYPT, ErrorCode.INVALID_KEY_USAGE, KeyRequirement.USAGE_TEXT),
    /** What encrypts under a secret key. */
    ENCRYPTS_SYMMETRICALLY(
            key -> key.spec() == KeySpec.SYMMETRIC_DEFAULT, ErrorCode.INVALID_KEY_USAGE, KeyRequirement.USAGE_TEXT),
    /** What computes codes. */
    COMPUTES_MACS(
            key -> key.usage() == KeyUsage.GENERATE_VERIFY_MAC, ErrorCode.INVALID_KEY_USAGE, KeyRequirement.USAGE_TEXT),
    /** What signs. */
    SIGNS(key -> key.usage() == KeyUsage.SIGN_VERIFY, ErrorCode.INVALID_KEY_USAGE, KeyRequirement.USAGE_TEXT),
    /** What comes to a secret with others. */
    AGREES(key -> key.usage() == KeyUsage.KEY_AGREEMENT, ErrorCode.INVALID_KEY_USAGE, KeyRequirement.USAGE_TEXT),
    /** What has a public half. */
    HAS_PUBLIC_KEY(key -> key.spec().type().isPair(), ErrorCode.UNSUPPORTED_OPERATION, KeyRequirement.SPEC_TEXT),
    /** What can have a second material. */
    ROTATES(key -> key.spec() == KeySpec.SYMMETRIC_DEFAULT, ErrorCode.UNSUPPORTED_OPERATION, KeyRequirement.SPEC_TEXT),
    /** The same, where AWS KMS was seen to refuse without a word. */
    ROTATES_ON_DEMAND(key -> key.spec() == KeySpec.SYMMETRIC_DEFAULT, ErrorCode.UNSUPPORTED_OPERATION, null);

    private static final String USAGE_TEXT = "%1$s key usage is %2$s which is not valid for %4$s.";
    /** Ours: of AWS KMS's refusal only the code is known. */
    private static final String SPEC_TEXT = "%1$s key spec is %3$s which is not valid for %4$s.";

    private static final String ACTION_PREFIX = "kms:";

    private final Predicate<KeyRecord> suits;
    private final ErrorCode code;
    private final @Nullable String text;

    KeyRequirement(Predicate<KeyRecord> suits, ErrorCode code, @Nullable String text) {
        this.suits = suits;
        this.code = code;
        this.text = text;
    }

    /** Whether it is about what a key is for. */
    boolean concernsUsage() {
        return code == ErrorCode.INVALID_KEY_USAGE;
    }

    /**
     * Why a key does not suit; empty if it does.
     *
     * @param action what is done with the key, {@code kms:ReEncryptTo} for instance
     */
    Optional<KeywardException> refusal(KeyRecord key, String action) {
        if (suits.test(key)) {
            return Optional.empty();
        }
        String name = action.substring(ACTION_PREFIX.length());
        return Optional.of(new KeywardException(
                code, text == null ? null : text.formatted(key.arn(), key.usage(), key.spec(), name)));
    }
}
