package dev.keyward.lifecycle;

import dev.keyward.contract.AuditSink;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.Token;
import java.time.InstantSource;

/**
 * The lifecycle layer, put together: the request path, and behind it what is done with keys, aliases, tags, grants,
 * rotation, import and cryptography. It owns neither store nor token nor audit sink. Thread-safe.
 */
public final class Lifecycle implements AutoCloseable {
    private final RequestPath path;
    private final Sealer sealer;
    private final Keys keys;
    private final Tags tags;
    private final Aliases aliases;
    private final Grants grants;
    private final Rotation rotation;
    private final WrappingKeys wrappingKeys;
    private final Imports imports;
    private final Cryptography cryptography;
    private final DataKeyPairs dataKeyPairs;
    private final KeyAgreements keyAgreements;
    private final Macs macs;
    private final Signatures signatures;
    private final KeyUsages keyUsages;
    private final Maintenance maintenance;
    private final Inventory inventory;

    /**
     * Puts the layer together and finds or makes its service keys in the token.
     *
     * @throws IllegalStateException if the token is not the one that belongs to the store
     */
    public Lifecycle(
            InstantSource clock, MetadataStore store, Token token, AuditSink audit, PrincipalDirectory principals) {
        this(clock, store, token, Sealer.open(store, token), audit, principals);
    }

    /**
     * Puts the layer together.
     *
     * @param sealer of that store and token
     * @param principals who the callers are
     */
    public Lifecycle(
            InstantSource clock,
            MetadataStore store,
            Token token,
            Sealer sealer,
            AuditSink audit,
            PrincipalDirectory principals) {
        KeyGate gate = new KeyGate();
        ServiceEvents events = new ServiceEvents(audit);
        Materials materials = new Materials(store, token);
        ExpiredMaterials expired = new ExpiredMaterials(materials, events);
        this.sealer = sealer;
        keyUsages = new KeyUsages(store, clock.instant());
        path = new RequestPath(
                clock,
                new Resolver(store, token),
                new Authorizer(principals, store, keyUsages),
                gate,
                audit,
                keyUsages);
        keys = new Keys(store, materials, principals);
        tags = new Tags(store);
        aliases = new Aliases(store);
        grants = new Grants(store, sealer, token, principals);
        rotation = new Rotation(store, materials, events);
        wrappingKeys = new WrappingKeys(store, token);
        imports = new Imports(store, token, materials, expired, wrappingKeys, new ImportTokens(sealer));
        cryptography = new Cryptography(token, new EncryptionBudget(store, materials, token, events));
        dataKeyPairs = new DataKeyPairs(token, cryptography);
        keyAgreements = new KeyAgreements(token);
        macs = new Macs(token);
        signatures = new Signatures(token);
        maintenance =
                new Maintenance(clock, store, materials, expired, rotation, wrappingKeys, keyUsages, gate, events);
        inventory = new Inventory(store, token);
    }

    /** The way of every request. */
    public RequestPath path() {
        return path;
    }

    /** Seals under service keys. */
    public Sealer sealer() {
        return sealer;
    }

    public Keys keys() {
        return keys;
    }

    public Tags tags() {
        return tags;
    }

    public Aliases aliases() {
        return aliases;
    }

    public Grants grants() {
        return grants;
    }

    public Rotation rotation() {
        return rotation;
    }

    public Imports imports() {
        return imports;
    }

    public Cryptography cryptography() {
        return cryptography;
    }

    public DataKeyPairs dataKeyPairs() {
        return dataKeyPairs;
    }

    public KeyAgreements keyAgreements() {
        return keyAgreements;
    }

    public Macs macs() {
        return macs;
    }

    public Signatures signatures() {
        return signatures;
    }

    public KeyUsages keyUsages() {
        return keyUsages;
    }

    /** The background work, to be run at intervals. */
    public Maintenance maintenance() {
        return maintenance;
    }

    /** Compares store and token. */
    public Inventory inventory() {
        return inventory;
    }

    /** Stops making wrapping keys, and writes what was noted of the use of keys. */
    @Override
    public void close() {
        wrappingKeys.close();
        keyUsages.write();
    }
}
