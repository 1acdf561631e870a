package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.lifecycle.ConditionKey;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Tags;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;

/** Takes tags from a key. */
final class UntagResource implements Mapping<UntagResourceRequest, UntagResourceResponse> {
    private final Tags tags;

    UntagResource(Tags tags) {
        this.tags = tags;
    }

    @Override
    public Request<UntagResourceResponse> form(UntagResourceRequest request, Caller caller) {
        return Request.of(Operation.UNTAG_RESOURCE, caller)
                .onKey(request.keyId())
                .conditions(ConditionKey.TAG_KEYS, request.tagKeys())
                .performs((call, on) -> {
                    tags.remove(on.key(), request.tagKeys());
                    return UntagResourceResponse.builder().build();
                });
    }
}
