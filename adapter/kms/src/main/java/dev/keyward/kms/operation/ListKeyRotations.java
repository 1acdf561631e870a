package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Listing;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.RotationHistory;
import dev.keyward.lifecycle.RotationHistory.Included;
import java.util.Objects;
import software.amazon.awssdk.services.kms.model.ImportState;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/** Lists the materials of a key, and when and why each became current. */
final class ListKeyRotations implements Mapping<ListKeyRotationsRequest, ListKeyRotationsResponse> {
    @Override
    public Request<ListKeyRotationsResponse> form(ListKeyRotationsRequest request, Caller caller) {
        int limit = Paging.limit(request.limit(), Paging.LONG_PAGE);
        String asked = request.includeKeyMaterialAsString();
        Included included = asked == null ? Included.ROTATIONS_ONLY : Included.valueOf(asked);
        Request.Builder builder =
                Request.of(Operation.LIST_KEY_ROTATIONS, caller).onKey(request.keyId());
        if (asked != null) {
            builder.requires(on -> RotationHistory.requireRotates(on.key()));
        }
        return builder.performs((call, on) -> {
            Listing<RotationHistory.Entry> listing =
                    RotationHistory.list(call, on.key(), included, request.marker(), limit);
            return ListKeyRotationsResponse.builder()
                    .rotations(listing.items().stream()
                            .map(entry -> entry(on.key(), entry))
                            .toList())
                    .nextMarker(listing.nextMarker())
                    .truncated(listing.truncated())
                    .build();
        });
    }

    /** What belongs to an import is told of keys that are imported, and while the material can be used. */
    private static RotationsListEntry entry(KeyRecord key, RotationHistory.Entry entry) {
        MaterialRecord material = entry.material();
        RotationsListEntry.Builder told = RotationsListEntry.builder()
                .keyId(key.id().value())
                .keyMaterialId(material.id().hexadecimal())
                .keyMaterialState(entry.state().name())
                .rotationDate(material.rotatedAt())
                .rotationType(material.rotatedAt() == null ? null : Objects.toString(material.rotationType()));
        if (key.origin() == Origin.EXTERNAL) {
            told.keyMaterialDescription(material.description())
                    .importState(entry.isUsable() ? ImportState.IMPORTED : ImportState.PENDING_IMPORT);
        }
        if (entry.isUsable()) {
            told.expirationModel(Objects.toString(material.expirationModel(), null))
                    .validTo(material.validTo());
        }
        return told.build();
    }
}
