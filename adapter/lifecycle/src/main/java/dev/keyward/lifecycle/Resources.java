package dev.keyward.lifecycle;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.KeyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the targets of a request turned out to be, in the order of the targets. Immutable and thread-safe.
 *
 * @param all one for each target
 */
public record Resources(List<Resolved> all) {
    /**
     * One target and what it is.
     *
     * @param target what was asked for
     * @param arn the ARN that a policy would name
     * @param key the key, for whatever stands for one; null for one that there is not
     * @param alias the alias, for one that exists
     * @param ciphertext the ciphertext, read
     */
    public record Resolved(
            Target target,
            String arn,
            @Nullable KeyRecord key,
            @Nullable AliasRecord alias,
            @Nullable CiphertextBlob ciphertext) {
        /** Whether there is no such key, and the caller must not learn it: it is refused when its turn comes. */
        boolean isMissingKey() {
            return key == null
                    && switch (target) {
                        case Target.Key _, Target.GrantedKey _, Target.Mentioned _, Target.Ciphertext _ -> true;
                        case Target.Alias _, Target.AliasedKey _, Target.Account _ -> false;
                    };
        }
    }

    /** Copies the list. */
    public Resources {
        all = List.copyOf(all);
    }

    /** The one key, or the first of two. */
    public KeyRecord key() {
        return keys().getFirst();
    }

    /** The second of two keys. */
    public KeyRecord secondKey() {
        return keys().get(1);
    }

    /** The one existing alias. */
    public AliasRecord alias() {
        return all.stream()
                .flatMap(one -> Stream.ofNullable(one.alias()))
                .findFirst()
                .orElseThrow();
    }

    /** The one ciphertext. */
    CiphertextBlob ciphertext() {
        return all.stream()
                .flatMap(one -> Stream.ofNullable(one.ciphertext()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A key that is worked on.
     *
     * @param action what is done with it, {@code kms:ReEncryptTo} for instance
     */
    record WorkedOn(KeyRecord key, String action) {}

    /** The keys that are worked on, in the order of the targets. */
    List<WorkedOn> workedOn() {
        List<WorkedOn> keys = new ArrayList<>(2);
        for (Resolved one : all) {
            if (one.key() != null && !(one.target() instanceof Target.AliasedKey)) {
                keys.add(new WorkedOn(one.key(), one.target().action()));
            }
        }
        return keys;
    }

    /** The same, without what is done with them. */
    List<KeyRecord> keys() {
        return workedOn().stream().map(WorkedOn::key).toList();
    }

    /** The ARNs of keys and aliases, in the order of the targets. */
    List<String> arns() {
        return all.stream()
                .filter(one -> !(one.target() instanceof Target.Account))
                .map(Resolved::arn)
                .distinct()
                .toList();
    }
}
