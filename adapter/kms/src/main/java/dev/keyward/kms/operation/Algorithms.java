package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.KeywardException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a key computes, by the names on the wire. */
final class Algorithms {
    private Algorithms() {}

    /** What a key computes if it is of that usage; null, which sends no member, if it is of another. */
    static @Nullable List<String> named(KeyRecord key, KeyUsage usage) {
        return key.usage() == usage
                ? key.spec().algorithms(usage).stream().map(KeyAlgorithm::name).toList()
                : null;
    }

    /**
     * Refuses an algorithm that is not the key's.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_KEY_USAGE}
     */
    static void requireSuitable(String algorithm, KeyRecord key) {
        if (find(algorithm, key).isEmpty()) {
            throw new KeywardException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "Algorithm %s is incompatible with key spec %s.".formatted(algorithm, key.spec()));
        }
    }

    /** The algorithm of a key by its name, which has been found suitable. */
    static <A extends KeyAlgorithm> A of(String algorithm, KeyRecord key, Class<A> kind) {
        return kind.cast(find(algorithm, key).orElseThrow());
    }

    private static Optional<KeyAlgorithm> find(String name, KeyRecord key) {
        return key.spec().algorithms(key.usage()).stream()
                .filter(algorithm -> algorithm.name().equals(name))
                .findAny();
    }
}
