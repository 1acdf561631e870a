package dev.keyward.lifecycle;

import dev.keyward.contract.KeyMaterialState;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.lifecycle.Request.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What became of a key's materials, as their rows tell it. Stateless. */
public final class RotationHistory {
    private static final Pattern POSITION = Pattern.compile("\\d{10}");

    private RotationHistory() {}

    /** Which materials are told of. */
    public enum Included {
        /** Those that a rotation made current. */
        ROTATIONS_ONLY,
        /** The first one too, and the one that waits for its rotation. */
        ALL_KEY_MATERIAL
    }

    /**
     * One material of a key.
     *
     * @param material its row
     * @param state how it stands to the key
     * @param isUsable whether it is there and has not expired
     * @param position its place among all of the key's
     */
    public record Entry(MaterialRecord material, KeyMaterialState state, boolean isUsable, String position) {}

    /**
     * Whether a key may be asked for materials that no rotation has made current.
     *
     * @throws KeywardException with {@link dev.keyward.contract.ErrorCode#UNSUPPORTED_OPERATION} if it can have but one
     */
    public static void requireRotates(KeyRecord key) {
        KeyRequirement.ROTATES
                .refusal(key, Operation.LIST_KEY_ROTATIONS.action())
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    /** The materials of a key, oldest first. */
    public static Listing<Entry> list(Call call, KeyRecord key, Included included, @Nullable String marker, int limit) {
        String position = Markers.position(marker);
        if (position != null && !POSITION.matcher(position).matches()) {
            throw Markers.invalid();
        }
        return Listing.cut(entries(key, included, call.now()), Entry::position, marker, limit);
    }

    private static List<Entry> entries(KeyRecord key, Included included, Instant now) {
        List<Entry> entries = new ArrayList<>();
        for (int place = 0; place < key.materials().size(); place++) {
            MaterialRecord material = key.materials().get(place);
            Entry entry = new Entry(material, key.standing(material), material.isUsable(now), "%010d".formatted(place));
            boolean isIncluded = switch (included) {
                case ROTATIONS_ONLY -> material.rotatedAt() != null;
                // What waits and is not there waits no more: nothing keeps it with the key.
                case ALL_KEY_MATERIAL -> entry.state() != KeyMaterialState.PENDING_ROTATION || entry.isUsable();
            };
            if (isIncluded) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
