package dev.keyward.lifecycle;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.StoreException;
import dev.keyward.lifecycle.Request.Call;
import org.jspecify.annotations.Nullable;

/** What is done with aliases. Thread-safe. */
public final class Aliases {
    private static final String PREFIX = "alias/";
    private static final String RESERVED_PREFIX = "alias/aws/";

    private final MetadataStore store;

    Aliases(MetadataStore store) {
        this.store = store;
    }

    /**
     * Whether a name can be given to an alias. Checked while a request is formed, so that a bad name is told before a bad
     * key.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} or {@link ErrorCode#INVALID_ALIAS_NAME}
     */
    public static void requireValidNewName(String name) {
        requirePrefix(name);
        if (name.startsWith(RESERVED_PREFIX) || name.equals("alias/aws")) {
            throw new KeywardException(ErrorCode.INVALID_ALIAS_NAME, "Aliases beginning with alias/aws/ are reserved.");
        }
        if (name.equals(PREFIX) || name.indexOf(':') >= 0) {
            throw new KeywardException(ErrorCode.INVALID_ALIAS_NAME, "%s is not a valid alias name.".formatted(name));
        }
    }

    /** Whether a name has an alias's prefix. */
    public static void requirePrefix(String name) {
        if (!name.startsWith(PREFIX)) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "Alias must start with the prefix \"alias/\". Please see "
                            + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
    }

    /** Creates an alias for a key. */
    public void create(Call call, String name, KeyRecord target) {
        AliasRecord alias = new AliasRecord(target.scope(), name, target.id(), call.now(), call.now());
        if (store.findAlias(alias.scope(), name).isPresent()) {
            throw alreadyExists(alias);
        }
        Limits.requireRoom(store.countAliases(target.scope(), target.id()), Limits.ALIASES_PER_KEY, "aliases per key");
        try {
            store.insertAlias(alias, target.version());
        } catch (StoreException failure) {
            throw failure.reason() == StoreException.Reason.EXISTS ? alreadyExists(alias) : failure;
        }
    }

    /** Points an alias at another key of the same type and usage. */
    public void update(Call call, AliasRecord alias, KeyRecord target) {
        if (alias.target().equals(target.id())) {
            return;
        }
        requireSameUsage(alias, target);
        Limits.requireRoom(store.countAliases(target.scope(), target.id()), Limits.ALIASES_PER_KEY, "aliases per key");
        store.updateAlias(
                new AliasRecord(alias.scope(), alias.name(), target.id(), alias.createdAt(), call.now()),
                alias.target(),
                target.version());
    }

    /** Deletes an alias. */
    public void delete(AliasRecord alias) {
        store.deleteAlias(alias.scope(), alias.name());
    }

    /** Aliases by name, of one key or of the caller's whole account and Region. */
    public Listing<AliasRecord> list(Call call, @Nullable KeyRecord key, @Nullable String marker, int limit) {
        return Listing.of(
                store.listAliases(
                        call.caller().scope(), key == null ? null : key.id(), Markers.position(marker), limit),
                AliasRecord::name);
    }

    private void requireSameUsage(AliasRecord alias, KeyRecord target) {
        store.findKey(alias.scope(), alias.target())
                .filter(current -> current.usage() != target.usage())
                .ifPresent(current -> {
                    throw new KeywardException(
                            ErrorCode.VALIDATION,
                            ("Alias %s cannot be changed from a CMK with key usage %s to a CMK with key usage %s. The "
                                            + "key usage of the current CMK and the new CMK must be the same.")
                                    .formatted(alias.name(), current.usage(), target.usage()));
                });
    }

    private static KeywardException alreadyExists(AliasRecord alias) {
        return new KeywardException(
                ErrorCode.ALREADY_EXISTS, "An alias with the name %s already exists".formatted(alias.arn()));
    }
}
