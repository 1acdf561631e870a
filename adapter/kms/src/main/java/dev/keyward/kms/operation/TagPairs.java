package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Tags;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tags on the wire and tags inside. */
final class TagPairs {
    private TagPairs() {}

    /**
     * The tags of a request, in their order.
     *
     * @throws KeywardException with {@link ErrorCode#TAG} if a key is given twice
     */
    static SequencedMap<String, String> of(List<Tag> tags) {
        return Tags.distinct(tags.stream()
                .map(tag -> Map.entry(tag.tagKey(), tag.tagValue()))
                .toList());
    }

    /** The tags of an answer, in their order. */
    static List<Tag> entries(List<Map.Entry<String, String>> tags) {
        return tags.stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
    }
}
