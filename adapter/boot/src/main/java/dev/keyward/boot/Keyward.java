package dev.keyward.boot;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.http.KeywardServer;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.lifecycle.Lifecycle;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A running Keyward: everything of {@link EmbeddedKeyward}, and the server. It starts them in that order, does the
 * background work at its interval, and stops them in the opposite order. Thread-safe.
 */
public final class Keyward implements AutoCloseable {
    private final ClosingStack opened;
    private final Service service;
    private final URI endpoint;

    private Keyward(ClosingStack opened, Service service, URI endpoint) {
        this.opened = opened;
        this.service = service;
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
        return ClosingStack.opening(opened -> {
            Service service = new Service(configuration, wantedRoot, environment, clock, opened);
            KeywardServer server = opened.add(new KeywardServer(
                    ServerSettingsReader.read(configuration, environment),
                    service.face()::answer,
                    service.sts(),
                    service.secretKeys(),
                    Set.copyOf(configuration.regions()),
                    InstantSource.system()));
            start(server, configuration);
            service.takeCommands(opened);
            return new Keyward(opened, service, endpoint(configuration, server.port()));
        });
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
     * A client of AWS KMS in this process, without HTTP and without a signature.
     *
     * @param principalArn a user, or the root user of an account: decisions and records are as if that one had signed
     * @throws IllegalArgumentException if there is no such principal
     */
    public KmsClient kmsClient(String principalArn) {
        return service.kmsClient(principalArn);
    }

    /**
     * The same, asynchronous.
     *
     * @param executor where requests are answered; its threads should be platform threads
     * @throws IllegalArgumentException if there is no such principal
     */
    public KmsAsyncClient kmsAsyncClient(String principalArn, Executor executor) {
        return service.kmsAsyncClient(principalArn, executor);
    }

    /**
     * What every request goes through, for callers inside this process: it believes who the caller is said to be. To be
     * used before {@link #close} only.
     */
    public Lifecycle lifecycle() {
        return service.lifecycle();
    }

    /** The root identity, whose profile is in {@link #credentials}. */
    public AccessKeyRecord root() {
        return service.root();
    }

    /** Changes users, roles and access keys, whose next requests go by it. */
    public IdentityAdministration identities() {
        return service.identities();
    }

    /** The file with the root identity's AWS profile, {@code keyward}. */
    public Path credentials() {
        return service.home().credentials();
    }

    /** Does the background work now, besides doing it at its interval. */
    public void maintain() {
        service.maintain();
    }

    /** Stops: no more requests are taken, those under way are answered, then everything is closed. Idempotent. */
    @Override
    public synchronized void close() {
        opened.close();
    }
}
