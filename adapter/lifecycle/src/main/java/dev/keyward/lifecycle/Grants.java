package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.Token;
import dev.keyward.lifecycle.Request.Call;
import dev.keyward.policy.Decision;
import dev.keyward.policy.GrantRules;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is done with grants. A grant token only names its grant, which is looked up at every use; who holds none has the
 * same rights. Thread-safe.
 */
public final class Grants {
    private static final String SEPARATOR = "/";

    private final MetadataStore store;
    private final Sealer sealer;
    private final Token token;
    private final GrantNames names;

    Grants(MetadataStore store, Sealer sealer, Token token, PrincipalDirectory principals) {
        this.store = store;
        this.sealer = sealer;
        this.token = token;
        this.names = new GrantNames(principals);
    }

    /** What a grant shall be. */
    public record NewGrant(
            @Nullable String name,
            @Nullable String granteePrincipal,
            @Nullable String granteeServicePrincipal,
            @Nullable String retiringPrincipal,
            @Nullable String retiringServicePrincipal,
            List<String> operations,
            @Nullable Map<String, String> encryptionContextEquals,
            @Nullable Map<String, String> encryptionContextSubset,
            @Nullable String sourceArn) {
        /** What a grant that it is created by would have to allow. */
        GrantRules.Terms terms() {
            return new GrantRules.Terms(Set.copyOf(operations), encryptionContextEquals, encryptionContextSubset);
        }

        /** Tells policies what they may ask of a new grant. */
        void addConditions(Request.Builder request) {
            request.condition(ConditionKey.GRANTEE_PRINCIPAL, granteePrincipal)
                    .condition(ConditionKey.RETIRING_PRINCIPAL, retiringPrincipal)
                    .conditions(ConditionKey.GRANT_OPERATIONS, operations);
            if (encryptionContextEquals != null) {
                addConstraint(request, "EncryptionContextEquals", encryptionContextEquals);
            }
            if (encryptionContextSubset != null) {
                addConstraint(request, "EncryptionContextSubset", encryptionContextSubset);
            }
        }

        private static void addConstraint(Request.Builder request, String type, Map<String, String> pairs) {
            request.condition(ConditionKey.GRANT_CONSTRAINT_TYPE, type).encryptionContext(pairs);
        }
    }

    /** A grant and the token that names it. */
    public record Granted(String grantId, String grantToken) {}

    /**
     * A grant as it is listed: a principal that is gone by its unique id, whoever has its ARN now.
     *
     * @param granteePrincipal the ARN of its grantee principal, or its unique id; null if it has none
     * @param retiringPrincipal the ARN of its retiring principal, or its unique id; null if it has none
     */
    public record Listed(
            GrantRecord grant,
            @Nullable String granteePrincipal,
            @Nullable String retiringPrincipal) {}

    /** Where a grant is. */
    public record GrantAddress(String keyArn, String grantId) {}

    /** Whose grants are asked for; null for everyone's. */
    public record Filter(
            @Nullable String grantId,
            @Nullable String granteePrincipal,
            @Nullable String granteeServicePrincipal) {}

    /**
     * Whether such a grant can be at all. Checked while a request is formed.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION}
     */
    public static void requireValid(NewGrant wanted) {
        if ((wanted.granteePrincipal() == null) == (wanted.granteeServicePrincipal() == null)) {
            throw invalid("Specify exactly one of GranteePrincipal and GranteeServicePrincipal.");
        }
        if (wanted.retiringPrincipal() != null && wanted.retiringServicePrincipal() != null) {
            throw invalid("Specify at most one of RetiringPrincipal and RetiringServicePrincipal.");
        }
        if (wanted.operations().isEmpty()) {
            throw invalid("Grants must contain at least one operation.");
        }
        if (Set.copyOf(wanted.operations()).equals(Set.of("CreateGrant"))) {
            throw invalid("Grants must not contain only the CreateGrant operation.");
        }
        if (wanted.encryptionContextEquals() != null && wanted.encryptionContextSubset() != null) {
            throw invalid("More than one constraint supplied");
        }
    }

    /**
     * Whether such a grant can be on that key.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION}
     */
    public static void requireSuitable(NewGrant wanted, KeyRecord key) {
        Set<String> foreign = new TreeSet<>(wanted.operations());
        foreign.removeAll(GrantOperations.on(key));
        if (!foreign.isEmpty()) {
            throw invalid("Operations %s are not supported by grants on keys of KeySpec %s and KeyUsage %s."
                    .formatted(foreign, key.spec(), key.usage()));
        }
        boolean constrained = wanted.encryptionContextEquals() != null || wanted.encryptionContextSubset() != null;
        if (constrained && key.spec() != KeySpec.SYMMETRIC_DEFAULT) {
            throw invalid("Encryption context constraints are not supported by grants on keys of KeySpec %s."
                    .formatted(key.spec()));
        }
    }

    /**
     * Refuses a grant that names a principal who is not there.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_ARN}
     */
    public void requirePrincipals(NewGrant wanted) {
        names.requireId(wanted.granteePrincipal());
        names.requireId(wanted.retiringPrincipal());
    }

    /** Creates a grant; the same grant again if it has a name and nothing differs. */
    public Granted create(Call call, KeyRecord key, NewGrant wanted) {
        GrantRecord grant = record(call, key, wanted);
        if (wanted.name() != null) {
            for (GrantRecord known : store.findGrantsByName(key.scope(), key.id(), wanted.name())) {
                if (isSame(known, grant)) {
                    return granted(known);
                }
            }
        }
        Limits.requireRoom(store.countGrants(key.scope(), key.id()), Limits.GRANTS_PER_KEY, "grants per key");
        try {
            store.insertGrant(grant, key.version());
        } catch (StoreException failure) {
            // The id is random: a second one like it means that the row has moved, and the request is decided anew.
            throw failure.reason() == StoreException.Reason.EXISTS
                    ? new StoreException(StoreException.Reason.STALE, "grant id taken", failure)
                    : failure;
        }
        return granted(grant);
    }

    /** Ends a grant of a key. */
    public void end(KeyRecord key, String grantId) {
        requireGrant(key, grantId);
        if (!store.deleteGrant(key.scope(), grantId)) {
            throw notFound(grantId);
        }
    }

    /** Refuses a grant that the key does not have: what ending it would answer. */
    public void requireGrant(KeyRecord key, String grantId) {
        if (store.findGrant(key.scope(), grantId)
                .filter(grant -> grant.key().equals(key.id()))
                .isEmpty()) {
            throw notFound(grantId);
        }
    }

    /** The grant that a grant token names, on a key of whichever account. */
    public GrantAddress address(Region region, String grantToken) {
        GrantRecord grant = sealed(grantToken)
                .flatMap(bytes -> sealer.open(ServicePurpose.GRANT_TOKEN, binding(region), bytes))
                .flatMap(name -> findNamed(region, new String(name, StandardCharsets.US_ASCII)))
                .orElseThrow(
                        () -> new KeywardException(ErrorCode.INVALID_GRANT_TOKEN, "The grant token is not valid."));
        return new GrantAddress(grant.key().arn(grant.scope()), grant.id());
    }

    /** The grants of a key. */
    public Listing<Listed> list(KeyRecord key, Filter filter, @Nullable String marker, int limit) {
        String grantee = filter.granteePrincipal();
        return listed(store.listGrants(
                key.scope(),
                key.id(),
                filter.grantId(),
                grantee == null ? null : names.idShownAs(grantee),
                filter.granteeServicePrincipal(),
                Markers.position(marker),
                limit));
    }

    /**
     * The grants of the caller's Region that a principal of its account may retire, on keys of whichever account; or that
     * a service may, on keys of its account.
     *
     * @throws KeywardException with {@link ErrorCode#ACCESS_DENIED} for a principal of another account
     */
    public Listing<Listed> listRetirable(
            Call call,
            @Nullable String retiringPrincipal,
            @Nullable String retiringServicePrincipal,
            @Nullable String marker,
            int limit) {
        if ((retiringPrincipal == null) == (retiringServicePrincipal == null)) {
            throw invalid("Specify exactly one of RetiringPrincipal and RetiringServicePrincipal.");
        }
        String after = Markers.position(marker);
        Scope scope = call.caller().scope();
        if (retiringPrincipal == null) {
            String service = Objects.requireNonNull(retiringServicePrincipal);
            return listed(store.listGrantsRetirableByService(scope, service, after, limit));
        }
        requireOwn(call, retiringPrincipal);
        return listed(store.listRetirableGrants(scope.region(), names.idShownAs(retiringPrincipal), after, limit));
    }

    private static void requireOwn(Call call, String principalArn) {
        String[] fields = principalArn.split(":", 6);
        if (fields.length == 6
                && !fields[4].equals(call.caller().scope().account().value())) {
            throw new KeywardException(
                    ErrorCode.ACCESS_DENIED,
                    Decision.messageOfStranger(
                            call.caller().principalArn(), Operation.LIST_RETIRABLE_GRANTS.action(), principalArn));
        }
    }

    private Listing<Listed> listed(Page<GrantRecord> page) {
        Listing<GrantRecord> listing = Listing.of(page, GrantRecord::id);
        return new Listing<>(names.listed(listing.items()), listing.nextMarker());
    }

    private GrantRecord record(Call call, KeyRecord key, NewGrant wanted) {
        return new GrantRecord(
                key.scope(),
                MaterialId.of(token.random(MaterialId.LENGTH_BYTES)).hexadecimal(),
                key.id(),
                wanted.name(),
                wanted.granteePrincipal(),
                names.requireId(wanted.granteePrincipal()),
                wanted.granteeServicePrincipal(),
                wanted.retiringPrincipal(),
                names.requireId(wanted.retiringPrincipal()),
                wanted.retiringServicePrincipal(),
                wanted.operations().stream().distinct().toList(),
                wanted.encryptionContextEquals(),
                wanted.encryptionContextSubset(),
                wanted.sourceArn(),
                "arn:aws:iam::%s:root".formatted(call.caller().scope().account()),
                call.now());
    }

    /** Whether two grants differ in nothing but what is drawn for each. */
    private static boolean isSame(GrantRecord known, GrantRecord grant) {
        return grant.withIdentity(known.id(), known.createdAt()).equals(known);
    }

    private Granted granted(GrantRecord grant) {
        byte[] name = (grant.scope().account() + SEPARATOR + grant.id()).getBytes(StandardCharsets.US_ASCII);
        byte[] sealed =
                sealer.seal(ServicePurpose.GRANT_TOKEN, binding(grant.scope().region()), name);
        return new Granted(grant.id(), Base64.getEncoder().encodeToString(sealed));
    }

    /** The grant of a name that a token has sealed: its account and its id. */
    private Optional<GrantRecord> findNamed(Region region, String name) {
        String[] parts = name.split(SEPARATOR, 2);
        return store.findGrant(new Scope(new AccountId(parts[0]), region), parts[1]);
    }

    private static Optional<byte[]> sealed(String grantToken) {
        try {
            return Optional.of(Base64.getDecoder().decode(grantToken));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String binding(Region region) {
        return "grant in " + region;
    }

    private static KeywardException invalid(String message) {
        return new KeywardException(ErrorCode.VALIDATION, message);
    }

    private static KeywardException notFound(String grantId) {
        return new KeywardException(ErrorCode.NOT_FOUND, "Grant ID %s not found".formatted(grantId));
    }
}
