package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Tags;
import java.util.Map;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;

/** Lists the tags of a key. */
final class ListResourceTags implements Mapping<ListResourceTagsRequest, ListResourceTagsResponse> {
    private final Tags tags;

    ListResourceTags(Tags tags) {
        this.tags = tags;
    }

    @Override
    public Request<ListResourceTagsResponse> form(ListResourceTagsRequest request, Caller caller) {
        int limit = Paging.limit(request.limit(), Paging.SHORT_PAGE);
        return Request.of(Operation.LIST_RESOURCE_TAGS, caller)
                .onKey(request.keyId())
                .performs((call, on) -> {
                    Listing<Map.Entry<String, String>> listing = tags.list(on.key(), request.marker(), limit);
                    return ListResourceTagsResponse.builder()
                            .tags(TagPairs.entries(listing.items()))
                            .nextMarker(listing.nextMarker())
                            .truncated(listing.truncated())
                            .build();
                });
    }
}
