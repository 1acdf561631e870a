package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.lifecycle.Grants;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The member {@code GrantTokens}, which several operations have: each token must name a grant that there is. It adds
 * nothing to what the caller may do, since every grant is looked up anyway. Thread-safe.
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

    /** @throws KeywardException with {@link ErrorCode#INVALID_GRANT_TOKEN} if a token names no grant of that Region */
    void require(SdkPojo request, Region region) {
        if (member.isPresent() && member.get().getValueOrDefault(request) instanceof List<?> tokens) {
            for (Object token : tokens) {
                grants.address(region, token.toString());
            }
        }
    }
}
