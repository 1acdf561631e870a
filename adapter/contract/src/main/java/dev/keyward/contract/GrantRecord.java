package dev.keyward.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grant as the store keeps it. Immutable and thread-safe.
 *
 * @param scope the account and Region of its key
 * @param id 64 hexadecimal digits
 * @param key the key it is for
 * @param name what makes a repeated CreateGrant the same grant; null for none
 * @param granteePrincipal the ARN of who may use it; null where a service may
 * @param granteeId the unique id that the grantee principal had when the grant was created, in the form of {@link
 *     CallingPrincipal#userId}: whoever is made again under its name is not meant. Null where there was none of that name
 * @param granteeServicePrincipal which service may use it; null where a principal may
 * @param retiringPrincipal the ARN of who may retire it; null for nobody in particular
 * @param retiringId the unique id of the retiring principal, like that of the grantee principal
 * @param retiringServicePrincipal which service may retire it
 * @param operations AWS's names of what it allows, in the order given
 * @param encryptionContextEquals the whole encryption context that a request must have; null for no such constraint
 * @param encryptionContextSubset what a request's encryption context must hold; null for no such constraint
 * @param sourceArn the resource on whose behalf a service must call; null for no such constraint
 * @param issuingAccount the ARN of the account that issued it
 * @param createdAt when it was created
 */
public record GrantRecord(
        Scope scope,
        String id,
        KeyId key,
        @Nullable String name,
        @Nullable String granteePrincipal,
        @Nullable String granteeId,
        @Nullable String granteeServicePrincipal,
        @Nullable String retiringPrincipal,
        @Nullable String retiringId,
        @Nullable String retiringServicePrincipal,
        List<String> operations,
        @Nullable Map<String, String> encryptionContextEquals,
        @Nullable Map<String, String> encryptionContextSubset,
        @Nullable String sourceArn,
        String issuingAccount,
        Instant createdAt) {

    /** Copies the collections. */
    public GrantRecord {
        operations = List.copyOf(operations);
        encryptionContextEquals = encryptionContextEquals == null ? null : Map.copyOf(encryptionContextEquals);
        encryptionContextSubset = encryptionContextSubset == null ? null : Map.copyOf(encryptionContextSubset);
    }

    /** The same grant under another id and from another time. */
    public GrantRecord withIdentity(String changedId, Instant changedCreatedAt) {
        return new GrantRecord(
                scope,
                changedId,
                key,
                name,
                granteePrincipal,
                granteeId,
                granteeServicePrincipal,
                retiringPrincipal,
                retiringId,
                retiringServicePrincipal,
                operations,
                encryptionContextEquals,
                encryptionContextSubset,
                sourceArn,
                issuingAccount,
                changedCreatedAt);
    }
}
