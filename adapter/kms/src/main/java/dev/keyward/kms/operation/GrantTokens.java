package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Scope;
import dev.keyward.lifecycle.Grants;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The member {@code GrantTokens}, which several operations have: each token must name a grant that there is. What the
 * grant allows is not yet evaluated. Thread-safe.
 */
final class GrantTokens {
    private static final String MEMBER = "GrantTokens";

    private final Grants grants;
    private final Optional<SdkField<?>> member;

    /** Those of the requests that have these fields. */
    GrantTokens(Grants grants, List<SdkField<?>> fields) {
        this.grants = grants;
        this.member = fields.stream()
                .filter(field -> field.locationName().equals(MEMBER))
                .findAny();
    }

    /** @throws KeywardException with {@link ErrorCode#INVALID_GRANT_TOKEN} if a token names no grant of that scope */
    void require(SdkPojo request, Scope scope) {
        if (member.isPresent() && member.get().getValueOrDefault(request) instanceof List<?> tokens) {
            for (Object token : tokens) {
                grants.address(scope, token.toString());
            }
        }
    }
}
