package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.http.KeywardServer;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.identity.SecretSealer;
import dev.keyward.identity.SessionTokens;
import dev.keyward.identity.StoredPrincipals;
import dev.keyward.identity.sts.StsFace;
import dev.keyward.kms.KmsFace;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteStore;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Keyward: token, store, audit trail, lifecycle, face and server, joined. It starts them in that order, does the
 * background work at its interval, and stops them in the opposite order. Thread-safe.
 */
public final class Keyward implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keyward.class);
    /** The longest that a record waits for the disk, where the setting lets it wait. */
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(1);

    private final ClosingStack opened;
    private final Lifecycle lifecycle;
    private final RowWatch rows;
    private final IdentityAdministration administration;
    private final AccessKeyRecord root;
    private final KeywardHome home;
    private final URI endpoint;

    private Keyward(
            ClosingStack opened,
            Lifecycle lifecycle,
            RowWatch rows,
            IdentityAdministration administration,
            AccessKeyRecord root,
            KeywardHome home,
            URI endpoint) {
        this.opened = opened;
        this.lifecycle = lifecycle;
        this.rows = rows;
        this.administration = administration;
        this.root = root;
        this.home = home;
        this.endpoint = endpoint;
    }

    /**
     * Starts one. Once it returns, requests are answered.
     *
     * @param configuration what is configured
     * @param wantedRoot what the first identity shall be
     * @param environment where the configuration's variables are
     * @param clock what keys, materials and records go by. Signatures are held against the time of day, whatever this
     *     clock shows: clients sign by theirs
     * @throws StartException if it cannot be started; then nothing stays open
     * @throws dev.keyward.boot.settings.ConfigurationException if a configured file or variable has not what it should
     */
    public static Keyward open(
            KeywardConfiguration configuration,
            RootIdentity wantedRoot,
            Map<String, String> environment,
            InstantSource clock) {
        ClosingStack opened = new ClosingStack();
        boolean started = false;
        try {
            Keyward keyward = open(configuration, wantedRoot, environment, clock, opened);
            started = true;
            return keyward;
        } finally {
            if (!started) {
                opened.close();
            }
        }
    }

    private static Keyward open(
            KeywardConfiguration configuration,
            RootIdentity wantedRoot,
            Map<String, String> environment,
            InstantSource clock,
            ClosingStack opened) {
        Foundations foundations = Foundations.open(configuration, clock, opened);
        KeywardHome home = foundations.home();
        SqliteStore store = foundations.store();
        Sealer serviceKeys = foundations.serviceKeys();
        AuditTrail audit = foundations.audit();
        opened.add(MaintenanceWorker.start("keyward-audit", audit::keepHouse, AUDIT_INTERVAL));
        ForwardingWorker.startIfWanted(home, configuration.audit(), environment, opened);
        PrincipalDirectory principals = new StoredPrincipals(store.identities());
        Lifecycle lifecycle =
                opened.add(new Lifecycle(clock, store, foundations.token(), serviceKeys, audit, principals));

        SecretSealer sealer = new ServiceKeySealer(serviceKeys);
        SessionTokens sessions = new SessionTokens(serviceKeys.sealingFor(ServicePurpose.SESSION_TOKEN));
        Drawn drawn = new Drawn(new SecureRandom());
        Identities identities = new Identities(
                store.identities(),
                sealer,
                drawn,
                clock,
                audit,
                configuration.regions().getFirst());
        AccessKeyRecord root = identities.establishRoot(wantedRoot);
        identities.establishListed(configuration.accessKeys(), environment);
        identities.writeCredentials(
                root,
                CredentialsFile.ofRoot(home.credentials()),
                configuration.regions().getFirst());

        Scope scope = new Scope(root.account(), configuration.regions().getFirst());
        IdentityAdministration administration =
                new IdentityAdministration(store.identities(), sealer, drawn, clock, audit, scope);
        RowWatch rows = new RowWatch(store::recheckRows, audit, clock, scope);

        // Nothing is under way yet, so whatever an earlier process left half done can be completed.
        lifecycle.maintenance().runAtStart();
        opened.add(MaintenanceWorker.start(
                "keyward-maintenance", () -> maintain(lifecycle, rows), configuration.maintenanceInterval()));

        KeywardServer server = opened.add(new KeywardServer(
                ServerSettingsReader.read(configuration, environment),
                new KmsFace(lifecycle)::answer,
                new StsEndpoint(new StsFace(
                        store.identities(),
                        principals,
                        sessions,
                        drawn,
                        configuration.identityProviders(),
                        audit,
                        clock,
                        InstantSource.system(),
                        configuration.regions().getFirst())),
                new StoredSecretKeys(store.identities(), sealer, sessions, clock),
                Set.copyOf(configuration.regions()),
                InstantSource.system()));
        start(server, configuration);
        Path socket = KeywardHome.commandSocket(home.directory());
        if (CommandSocket.isPossible(socket)) {
            opened.add(CommandSocket.open(socket, new IdentityCommandTable(administration, root.account())));
        } else {
            LOG.warn("{} is too long for a socket: 'keyward identity' works only while no server runs", socket);
        }
        return new Keyward(opened, lifecycle, rows, administration, root, home, endpoint(configuration, server.port()));
    }

    private static void start(KeywardServer server, KeywardConfiguration configuration) {
        String place = configuration.listen().address() + " port "
                + configuration.listen().port();
        try {
            server.start();
        } catch (BindException e) {
            throw new StartException("cannot listen on " + place + ": it is in use, or no address of this machine", e);
        } catch (IOException e) {
            throw new StartException("cannot listen on " + place + ": " + e.getMessage(), e);
        }
    }

    private static URI endpoint(KeywardConfiguration configuration, int port) {
        String address = configuration.listen().address();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create((configuration.listen().tls() == null ? "http" : "https") + "://" + host + ":" + port);
    }

    /** Where it is served. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * What every request goes through, for callers inside this process: without HTTP and without a signature, so it
     * believes who the caller is said to be. To be used before {@link #close} only.
     */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** The root identity, whose profile is in {@link #credentials}. */
    public AccessKeyRecord root() {
        return root;
    }

    /** Changes users, roles and access keys, whose next requests go by it. */
    public IdentityAdministration identities() {
        return administration;
    }

    /** The file with the root identity's AWS profile, {@code keyward}. */
    public Path credentials() {
        return home.credentials();
    }

    /** Does the background work now, besides doing it at its interval. */
    public void maintain() {
        maintain(lifecycle, rows);
    }

    private static void maintain(Lifecycle lifecycle, RowWatch rows) {
        lifecycle.maintenance().run();
        rows.lookIfDue();
    }

    /** Stops: no more requests are taken, those under way are answered, then everything is closed. Idempotent. */
    @Override
    public synchronized void close() {
        opened.close();
    }
}
