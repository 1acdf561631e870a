package dev.keyward.kms.operation;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.lifecycle.Aliases;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** Lists aliases, of one key or of the account and Region. */
final class ListAliases implements Mapping<ListAliasesRequest, ListAliasesResponse> {
    private final Aliases aliases;

    ListAliases(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public Request<ListAliasesResponse> form(ListAliasesRequest request, Caller caller) {
        int limit = Paging.limit(request.limit(), Paging.SHORT_PAGE);
        Request.Builder builder = Request.of(Operation.LIST_ALIASES, caller);
        boolean ofOneKey = request.keyId() != null;
        if (ofOneKey) {
            builder.mentions(request.keyId());
        }
        return builder.performs((call, on) -> {
            KeyRecord key = ofOneKey ? on.key() : null;
            Listing<AliasRecord> listing = aliases.list(call, key, request.marker(), limit);
            return ListAliasesResponse.builder()
                    .aliases(listing.items().stream().map(ListAliases::entry).toList())
                    .nextMarker(listing.nextMarker())
                    .truncated(listing.truncated())
                    .build();
        });
    }

    private static AliasListEntry entry(AliasRecord alias) {
        return AliasListEntry.builder()
                .aliasName(alias.name())
                .aliasArn(alias.arn())
                .targetKeyId(alias.target().value())
                .creationDate(alias.createdAt())
                .lastUpdatedDate(alias.updatedAt())
                .build();
    }
}
