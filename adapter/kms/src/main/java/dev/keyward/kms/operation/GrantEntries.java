package dev.keyward.kms.operation;

import dev.keyward.contract.GrantRecord;
import dev.keyward.lifecycle.Grants;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;

/** Grants as they are listed. */
final class GrantEntries {
    private GrantEntries() {}

    static List<GrantListEntry> of(List<Grants.Listed> grants) {
        return grants.stream().map(GrantEntries::of).toList();
    }

    private static GrantListEntry of(Grants.Listed listed) {
        GrantRecord grant = listed.grant();
        return GrantListEntry.builder()
                .keyId(grant.key().arn(grant.scope()))
                .grantId(grant.id())
                .name(grant.name())
                .creationDate(grant.createdAt())
                .granteePrincipal(listed.granteePrincipal())
                .granteeServicePrincipal(grant.granteeServicePrincipal())
                .retiringPrincipal(listed.retiringPrincipal())
                .retiringServicePrincipal(grant.retiringServicePrincipal())
                .issuingAccount(grant.issuingAccount())
                .operationsWithStrings(grant.operations())
                .constraints(constraints(grant))
                .build();
    }

    private static @Nullable GrantConstraints constraints(GrantRecord grant) {
        boolean none = grant.encryptionContextEquals() == null
                && grant.encryptionContextSubset() == null
                && grant.sourceArn() == null;
        return none
                ? null
                : GrantConstraints.builder()
                        .encryptionContextEquals(grant.encryptionContextEquals())
                        .encryptionContextSubset(grant.encryptionContextSubset())
                        .sourceArn(grant.sourceArn())
                        .build();
    }
}
