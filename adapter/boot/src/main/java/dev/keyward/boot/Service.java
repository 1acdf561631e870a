package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.Caller;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.identity.SecretSealer;
import dev.keyward.identity.SessionTokens;
import dev.keyward.identity.StoredPrincipals;
import dev.keyward.identity.sts.StsFace;
import dev.keyward.kms.KmsFace;
import dev.keyward.kms.client.InProcessClients;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyward but for its server: token, store, audit trail, lifecycle and identities, joined, with the background work at its
 * interval. Thread-safe.
 */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** The longest that a record waits for the disk, where the setting lets it wait. */
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(1);

    /** What the records of in-process clients have for a user agent. */
    private static final String AGENT = "keyward in-process";

    private final KeywardConfiguration configuration;
    private final InstantSource clock;
    private final Foundations foundations;
    private final PrincipalDirectory principals;
    private final Lifecycle lifecycle;
    private final KmsFace face;
    private final SecretSealer sealer;
    private final SessionTokens sessions;
    private final Drawn drawn = new Drawn(new SecureRandom());
    private final AccessKeyRecord root;
    private final IdentityAdministration administration;
    private final RowWatch rows;

    /**
     * Opens all of it, to be closed by {@code opened}.
     *
     * @throws StartException if any of it cannot be opened
     * @throws dev.keyward.boot.settings.ConfigurationException if a configured file or variable has not what it should
     */
    Service(
            KeywardConfiguration configuration,
            RootIdentity wantedRoot,
            Map<String, String> environment,
            InstantSource clock,
            ClosingStack opened) {
        this.configuration = configuration;
        this.clock = clock;
        foundations = Foundations.open(configuration, clock, opened);
        SqliteStore store = foundations.store();
        Sealer serviceKeys = foundations.serviceKeys();
        AuditTrail audit = foundations.audit();
        opened.add(MaintenanceWorker.start("keyward-audit", audit::keepHouse, AUDIT_INTERVAL));
        ForwardingWorker.startIfWanted(foundations.home(), configuration.audit(), environment, opened);
        principals = new StoredPrincipals(store.identities());
        lifecycle = opened.add(new Lifecycle(clock, store, foundations.token(), serviceKeys, audit, principals));
        face = new KmsFace(lifecycle);
        sealer = new ServiceKeySealer(serviceKeys);
        sessions = new SessionTokens(serviceKeys.sealingFor(ServicePurpose.SESSION_TOKEN));
        root = establishIdentities(wantedRoot, environment);
        Scope scope = new Scope(root.account(), configuration.regions().getFirst());
        administration = new IdentityAdministration(store.identities(), sealer, drawn, clock, audit, scope);
        rows = new RowWatch(store::recheckRows, audit, clock, scope);

        // Nothing is under way yet, so whatever an earlier process left half done can be completed.
        lifecycle.maintenance().runAtStart();
        opened.add(MaintenanceWorker.start("keyward-maintenance", this::maintain, configuration.maintenanceInterval()));
    }

    private AccessKeyRecord establishIdentities(RootIdentity wantedRoot, Map<String, String> environment) {
        Identities identities = new Identities(
                foundations.store().identities(),
                sealer,
                drawn,
                clock,
                foundations.audit(),
                configuration.regions().getFirst());
        AccessKeyRecord established = identities.establishRoot(wantedRoot);
        identities.establishListed(configuration.accessKeys(), environment);
        identities.writeCredentials(
                established,
                CredentialsFile.ofRoot(home().credentials()),
                configuration.regions().getFirst());
        return established;
    }

    /** Takes commands about identities from other processes, where a socket is possible; to be closed by {@code opened}. */
    void takeCommands(ClosingStack opened) {
        Path socket = KeywardHome.commandSocket(home().directory());
        if (CommandSocket.isPossible(socket)) {
            opened.add(CommandSocket.open(socket, new IdentityCommandTable(administration, root.account())));
        } else {
            LOG.warn("{} is too long for a socket: 'keyward identity' works only while no server runs", socket);
        }
    }

    KeywardHome home() {
        return foundations.home();
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    KmsFace face() {
        return face;
    }

    /** AWS STS's operations. */
    StsEndpoint sts() {
        return new StsEndpoint(new StsFace(
                foundations.store().identities(),
                principals,
                sessions,
                drawn,
                configuration.identityProviders(),
                foundations.audit(),
                clock,
                InstantSource.system(),
                configuration.regions().getFirst()));
    }

    /** By what signatures are verified. */
    StoredSecretKeys secretKeys() {
        return new StoredSecretKeys(foundations.store().identities(), sealer, sessions, clock);
    }

    AccessKeyRecord root() {
        return root;
    }

    IdentityAdministration identities() {
        return administration;
    }

    /** Does the background work that is due. */
    void maintain() {
        lifecycle.maintenance().run();
        rows.lookIfDue();
    }

    /**
     * A client of AWS KMS without HTTP, whose requests are those of one principal.
     *
     * @throws IllegalArgumentException if there is no such principal
     */
    KmsClient kmsClient(String principalArn) {
        return InProcessClients.client(face, callers(principalArn), region());
    }

    /** The same, answering in an executor. */
    KmsAsyncClient kmsAsyncClient(String principalArn, Executor executor) {
        return InProcessClients.asyncClient(face, callers(principalArn), region(), executor);
    }

    private software.amazon.awssdk.regions.Region region() {
        return software.amazon.awssdk.regions.Region.of(
                configuration.regions().getFirst().value());
    }

    private Supplier<Caller> callers(String principalArn) {
        InProcessIdentity identity =
                InProcessIdentity.named(principalArn, foundations.store().identities());
        Scope scope = new Scope(identity.account(), configuration.regions().getFirst());
        return () -> Caller.inProcess(scope, identity.caller(), AGENT);
    }
}
