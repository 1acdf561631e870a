package dev.keyward.contract;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated request and how it ended. It never holds plaintext, ciphertext or key bytes. Immutable and
 * thread-safe.
 *
 * @param time when the request arrived
 * @param requestId the id the client was answered with
 * @param scope the account that signed and the Region it signed for
 * @param principalArn who signed
 * @param accessKeyId with which access key
 * @param sourceAddress from where
 * @param operation AWS's name of the operation, or what was sent in its place
 * @param readOnly whether the operation changes nothing; null where the operation is unknown
 * @param resources the ARNs of the keys and aliases that the request was resolved to
 * @param errorCode the AWS code of a refusal or failure; null for success
 * @param errorMessage the message that the client was answered with; null for none
 * @param details facts that belong to this operation, such as the encryption context and the key material used
 */
public record AuditEvent(
        Instant time,
        String requestId,
        Scope scope,
        String principalArn,
        String accessKeyId,
        String sourceAddress,
        String operation,
        @Nullable Boolean readOnly,
        List<String> resources,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        SequencedMap<String, Object> details) {}
