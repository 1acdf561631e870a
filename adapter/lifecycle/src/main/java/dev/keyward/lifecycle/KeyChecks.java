package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeywardException;
import java.util.Optional;

/** Asks the tables whether an operation may work on a key, in the order that the operation's row gives. Stateless. */
final class KeyChecks {
    private KeyChecks() {}

    /**
     * Why an operation is refused on a key; empty if it may go on.
     *
     * @param action what is done with the key, {@code kms:ReEncryptTo} for instance
     */
    static Optional<KeywardException> refusal(Operation operation, String action, KeyRecord key, KeyState state) {
        for (Note.Subject subject : operation.checks()) {
            Optional<KeywardException> refusal = switch (subject) {
                case KIND ->
                    operation
                            .requirement()
                            .refusal(key, action)
                            .or(() -> StateTable.refusal(operation, subject, key, state));
                case STATE -> StateTable.refusal(operation, subject, key, state);
            };
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
