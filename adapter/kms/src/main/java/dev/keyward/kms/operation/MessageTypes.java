package dev.keyward.kms.operation;

import dev.keyward.lifecycle.Signatures.MessageType;
import org.jspecify.annotations.Nullable;

/** The member MessageType, which may be absent. */
final class MessageTypes {
    private MessageTypes() {}

    /** The type of that name; of an absent one RAW. EXTERNAL_MU, which is for ML-DSA, is refused. */
    static MessageType of(@Nullable String messageType) {
        return Unsupported.orElse("MessageType", messageType, MessageType.class, MessageType.RAW);
    }
}
