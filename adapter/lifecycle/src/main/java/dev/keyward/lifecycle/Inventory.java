package dev.keyward.lifecycle;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds store and token against each other. An object without a row is reported and never destroyed, so that an old
 * backup or an empty database costs no key. Thread-safe.
 */
public final class Inventory {
    private static final int PAGE_SIZE = 500;

    private final MetadataStore store;
    private final Token token;

    Inventory(MetadataStore store, Token token) {
        this.store = store;
        this.token = token;
    }

    /**
     * What does not match.
     *
     * @param rows how many rows say that something is in the token
     * @param objectsWithoutRow labels of objects that no row knows
     * @param rowsWithoutObject what a row says is in the token and is not
     */
    public record Report(int rows, List<String> objectsWithoutRow, List<String> rowsWithoutObject) {}

    /** Compares everything once. Reads the whole token, which takes seconds where there are many objects. */
    public Report compare() {
        Map<MaterialReference, TokenObject> unclaimed = new LinkedHashMap<>();
        for (TokenObject object : token.objects(store.installation())) {
            unclaimed.put(object.reference(), object);
        }
        Rows rows = new Rows(token, unclaimed);
        KeyId after = null;
        Page<KeyRecord> page;
        do {
            page = store.listAllKeys(after, PAGE_SIZE);
            for (KeyRecord key : page.items()) {
                key.materials()
                        .forEach(material -> rows.claim(
                                material.reference(), material.presence(), key.arn() + " material " + material.id()));
                after = key.id();
            }
        } while (page.more());
        store.listAllWrappingKeys()
                .forEach(key -> rows.claim(key.reference(), key.presence(), "wrapping key " + key.id()));
        store.listServiceKeys()
                .forEach(key -> rows.claim(
                        key.reference(),
                        key.presence(),
                        "service key " + key.purpose().label() + " version " + key.version()));
        return new Report(
                rows.count, unclaimed.values().stream().map(TokenObject::label).toList(), List.copyOf(rows.missing));
    }

    private static final class Rows {
        private final Token token;
        private final Map<MaterialReference, TokenObject> unclaimed;
        private final List<String> missing = new ArrayList<>();
        private int count;

        Rows(Token token, Map<MaterialReference, TokenObject> unclaimed) {
            this.token = token;
            this.unclaimed = unclaimed;
        }

        void claim(MaterialReference reference, MaterialPresence presence, String what) {
            boolean found = unclaimed.remove(reference) != null;
            if (presence == MaterialPresence.PRESENT) {
                count++;
                if (!found && !token.holds(reference)) { // an engine need not list what another one has named
                    missing.add(what);
                }
            }
        }
    }
}
