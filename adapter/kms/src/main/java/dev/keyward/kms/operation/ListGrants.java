package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;

/** Lists the grants of a key. */
final class ListGrants implements Mapping<ListGrantsRequest, ListGrantsResponse> {
    private final Grants grants;

    ListGrants(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Request<ListGrantsResponse> form(ListGrantsRequest request, Caller caller) {
        Grants.Filter filter =
                new Grants.Filter(request.grantId(), request.granteePrincipal(), request.granteeServicePrincipal());
        int limit = Paging.limit(request.limit(), Paging.SHORT_PAGE);
        return Request.of(Operation.LIST_GRANTS, caller).onKey(request.keyId()).performs((call, on) -> {
            Listing<Grants.Listed> listing = grants.list(on.key(), filter, request.marker(), limit);
            return ListGrantsResponse.builder()
                    .grants(GrantEntries.of(listing.items()))
                    .nextMarker(listing.nextMarker())
                    .truncated(listing.truncated())
                    .build();
        });
    }
}
