package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Tags;
import java.util.SequencedMap;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;

/** Adds tags to a key, or changes their values. */
final class TagResource implements Mapping<TagResourceRequest, TagResourceResponse> {
    private final Tags tags;

    TagResource(Tags tags) {
        this.tags = tags;
    }

    @Override
    public Request<TagResourceResponse> form(TagResourceRequest request, Caller caller) {
        SequencedMap<String, String> added = TagPairs.of(request.tags());
        return Request.of(Operation.TAG_RESOURCE, caller)
                .onKey(request.keyId())
                .requestTags(added)
                .performs((call, on) -> {
                    tags.put(on.key(), added);
                    return TagResourceResponse.builder().build();
                });
    }
}
