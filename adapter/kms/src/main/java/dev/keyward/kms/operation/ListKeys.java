package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.Scope;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** Lists the keys of the account and Region. */
final class ListKeys implements Mapping<ListKeysRequest, ListKeysResponse> {
    private final Keys keys;

    ListKeys(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Request<ListKeysResponse> form(ListKeysRequest request, Caller caller) {
        int limit = Paging.limit(request.limit(), Paging.LONG_PAGE);
        return Request.of(Operation.LIST_KEYS, caller).performs((call, on) -> {
            Listing<KeyId> listing = keys.list(call, request.marker(), limit);
            return ListKeysResponse.builder()
                    .keys(listing.items().stream()
                            .map(id -> entry(id, caller.scope()))
                            .toList())
                    .nextMarker(listing.nextMarker())
                    .truncated(listing.truncated())
                    .build();
        });
    }

    private static KeyListEntry entry(KeyId id, Scope scope) {
        return KeyListEntry.builder().keyId(id.value()).keyArn(id.arn(scope)).build();
    }
}
