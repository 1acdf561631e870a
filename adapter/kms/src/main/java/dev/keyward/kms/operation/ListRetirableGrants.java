package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;

/** Lists the grants that somebody may retire. */
final class ListRetirableGrants implements Mapping<ListRetirableGrantsRequest, ListRetirableGrantsResponse> {
    private final Grants grants;

    ListRetirableGrants(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Request<ListRetirableGrantsResponse> form(ListRetirableGrantsRequest request, Caller caller) {
        int limit = Paging.limit(request.limit(), Paging.SHORT_PAGE);
        String principal = Optional.ofNullable(request.retiringPrincipal()).orElse("*");
        return Request.of(Operation.LIST_RETIRABLE_GRANTS, caller)
                .onAccount(Operation.LIST_RETIRABLE_GRANTS.action(), principal)
                .performs((call, on) -> {
                    Listing<Grants.Listed> listing = grants.listRetirable(
                            call,
                            request.retiringPrincipal(),
                            request.retiringServicePrincipal(),
                            request.marker(),
                            limit);
                    return ListRetirableGrantsResponse.builder()
                            .grants(GrantEntries.of(listing.items()))
                            .nextMarker(listing.nextMarker())
                            .truncated(listing.truncated())
                            .build();
                });
    }
}
