package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a grant may allow, by what its key is for.
 *
 * <p>Source: AWS KMS Developer Guide, "Grants in AWS KMS", table of grant operations.
 */
final class GrantOperations {
    /** On every key. */
    private static final Set<String> ON_ANY_KEY = Set.of("CreateGrant", "RetireGrant", "DescribeKey");

    /** On symmetric encryption keys alone. */
    private static final Set<String> ON_SYMMETRIC_KEYS = Set.of(
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext");

    /** On everything that has a public half. */
    private static final Set<String> ON_KEY_PAIRS = Set.of("GetPublicKey");

    private static final Map<KeyUsage, Set<String>> BY_USAGE = Map.of(
            KeyUsage.ENCRYPT_DECRYPT,
            Set.of("Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo"),
            KeyUsage.SIGN_VERIFY,
            Set.of("Sign", "Verify"),
            KeyUsage.KEY_AGREEMENT,
            Set.of("DeriveSharedSecret"),
            KeyUsage.GENERATE_VERIFY_MAC,
            Set.of("GenerateMac", "VerifyMac"));

    private static final Set<String> ALL = Stream.of(
                    Stream.of(ON_ANY_KEY, ON_SYMMETRIC_KEYS, ON_KEY_PAIRS), BY_USAGE.values().stream())
            .flatMap(sets -> sets)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    private GrantOperations() {}

    /** Whether a grant on any key may allow it. */
    static boolean contains(String operation) {
        return ALL.contains(operation);
    }

    /** What a grant on that key may allow. */
    static Set<String> on(KeyRecord key) {
        Set<String> operations = new HashSet<>(ON_ANY_KEY);
        operations.addAll(BY_USAGE.getOrDefault(key.usage(), Set.of()));
        if (key.spec() == KeySpec.SYMMETRIC_DEFAULT) {
            operations.addAll(ON_SYMMETRIC_KEYS);
        }
        if (key.spec().type().isPair()) {
            operations.addAll(ON_KEY_PAIRS);
        }
        return operations;
    }
}
