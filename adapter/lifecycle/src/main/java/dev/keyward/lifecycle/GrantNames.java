package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.policy.GrantPrincipals;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Between the ARNs that principals of grants are asked for and shown by, and the unique ids that grants know them by.
 * Thread-safe.
 */
final class GrantNames {
    private final PrincipalDirectory principals;

    GrantNames(PrincipalDirectory principals) {
        this.principals = principals;
    }

    /**
     * The unique id of the principal that a new grant names; null for none.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_ARN} if there is no such principal
     */
    @Nullable
    String requireId(@Nullable String arn) {
        return arn == null
                ? null
                : findId(arn)
                        .orElseThrow(() -> new KeywardException(
                                ErrorCode.INVALID_ARN, "ARN does not refer to a valid principal: " + arn));
    }

    /** The unique id of the principal that is shown by a name: whoever has that ARN now, or else the name itself. */
    String idShownAs(String name) {
        return findId(name).orElse(name);
    }

    private Optional<String> findId(String arn) {
        return GrantPrincipals.id(arn, principals.uniqueIds(List.of(arn)));
    }

    /** Grants as they are listed now. */
    List<Grants.Listed> listed(List<GrantRecord> grants) {
        List<String> arns = grants.stream()
                .flatMap(grant -> Stream.of(grant.granteePrincipal(), grant.retiringPrincipal()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, String> uniqueIds = principals.uniqueIds(arns);
        return grants.stream()
                .map(grant -> new Grants.Listed(
                        grant,
                        shown(grant.granteePrincipal(), grant.granteeId(), uniqueIds),
                        shown(grant.retiringPrincipal(), grant.retiringId(), uniqueIds)))
                .toList();
    }

    /** The ARN of a principal, or its unique id if that is no longer its ARN: as AWS KMS shows it. */
    private static @Nullable String shown(@Nullable String arn, @Nullable String id, Map<String, String> uniqueIds) {
        if (arn == null || id == null) {
            return arn;
        }
        return GrantPrincipals.id(arn, uniqueIds).filter(id::equals).isPresent() ? arn : id;
    }
}
