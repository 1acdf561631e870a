package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as a request names it: by id or ARN, or through an alias, within a scope. Immutable and thread-safe.
 */
public sealed interface KeyReference {
    /** The account and Region it points into. */
    Scope scope();

    /** The ARN of what it names, whether or not that exists. */
    String arn();

    /** By key id or key ARN. */
    record ById(Scope scope, KeyId id) implements KeyReference {
        @Override
        public String arn() {
            return id.arn(scope);
        }
    }

    /**
     * By alias name or alias ARN.
     *
     * @param name with its prefix {@code alias/}
     */
    record ByAlias(Scope scope, String name) implements KeyReference {
        @Override
        public String arn() {
            return scope.arn(name);
        }
    }

    /**
     * Reads a {@code KeyId} member.
     *
     * @param text what was sent
     * @param scope the caller's, which a bare id or alias name is taken in
     * @param addressing which forms the operation takes
     * @throws KeywardException with {@link ErrorCode#NOT_FOUND} or {@link ErrorCode#INVALID_ARN}, in AWS's words
     */
    static KeyReference parse(String text, Scope scope, Operation.Addressing addressing) {
        KeyReference reference =
                text.startsWith("arn:") ? Arns.reference(text, scope.region()) : bare(text, text, scope);
        boolean aliasAllowed = addressing == Operation.Addressing.KEY_OR_ALIAS;
        if (reference instanceof ByAlias && !aliasAllowed) {
            throw invalidKeyId(text);
        }
        return reference;
    }

    private static KeyReference bare(String name, String text, Scope scope) {
        if (name.startsWith("alias/")) {
            return new ByAlias(scope, name);
        }
        if (KeyId.isWellFormed(name)) {
            return new ById(scope, new KeyId(name));
        }
        if (Arns.MULTI_REGION_ID.matcher(name).matches()) {
            throw new KeywardException(
                    ErrorCode.NOT_FOUND, "Key '%s' does not exist".formatted(scope.arn("key/" + name)));
        }
        throw invalidKeyId(text);
    }

    private static KeywardException invalidKeyId(String text) {
        return new KeywardException(ErrorCode.NOT_FOUND, "Invalid keyId '%s'".formatted(text));
    }

    /** The ARN forms. */
    final class Arns {
        private static final Pattern ARN =
                Pattern.compile("arn:aws:kms:([a-z0-9-]+):(\\d{12}):(?:key/([^/:]+)|(alias/.+))");
        private static final Pattern MULTI_REGION_ID = Pattern.compile("mrk-[0-9a-f]{32}");

        private Arns() {}

        private static KeyReference reference(String arn, Region served) {
            Matcher matcher = ARN.matcher(arn);
            if (!matcher.matches()) {
                throw new KeywardException(ErrorCode.INVALID_ARN, "Invalid arn %s".formatted(arn));
            }
            if (!matcher.group(1).equals(served.value())) {
                throw new KeywardException(ErrorCode.NOT_FOUND, "Invalid arn %s".formatted(matcher.group(1)));
            }
            String name = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            return bare(name, arn, new Scope(new AccountId(matcher.group(2)), served));
        }
    }
}
