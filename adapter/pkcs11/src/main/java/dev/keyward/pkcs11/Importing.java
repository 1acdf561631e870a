package dev.keyward.pkcs11;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.session.SessionPool;
import java.nio.charset.StandardCharsets;

/** Material that comes in wrapped. Thread-safe. */
final class Importing {
    private static final String IDENTIFICATION = "keyward material id";

    private final SessionPool sessions;
    private final TokenObjects objects;
    private final Unwrapping unwrapping;
    private final ImportedSecretKeys secretKeys;
    private final ImportedKeyPairs keyPairs;

    Importing(
            SessionPool sessions,
            TokenObjects objects,
            Unwrapping unwrapping,
            ImportedSecretKeys secretKeys,
            ImportedKeyPairs keyPairs) {
        this.sessions = sessions;
        this.objects = objects;
        this.unwrapping = unwrapping;
        this.secretKeys = secretKeys;
        this.keyPairs = keyPairs;
    }

    UnwrapPlace place(WrappingAlgorithm algorithm, KeySpec spec) {
        return unwrapping.place(algorithm, spec);
    }

    MaterialId identify(WrappedMaterial material, KeyId key) {
        var _ = unwrapping.place(material.algorithm(), material.spec());
        return sessions.use(session -> material.spec().type().isPair()
                ? keyPairs.identify(session, material, key)
                : secretKeys.identify(session, material, key));
    }

    UnwrapPlace unwrap(WrappedMaterial material, KeyUsage usage, MaterialReference reference) {
        UnwrapPlace place = unwrapping.place(material.algorithm(), material.spec());
        ObjectName name = ObjectName.of(reference);
        return sessions.use(session -> objects.change(() -> {
            objects.requireAbsent(session, reference);
            if (material.spec().type().isPair()) {
                keyPairs.make(session, material, usage, name);
            } else {
                secretKeys.make(session, material, name);
            }
            return place;
        }));
    }

    /** What ids of material for a key are computed over, among other things. */
    static byte[] identification(KeyId key) {
        return (IDENTIFICATION + ":" + key).getBytes(StandardCharsets.US_ASCII);
    }
}
