package dev.keyward.boot;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.identity.IdentityAdministration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyward inside a program, without a server: the program holds the home and the token, and its clients ask without HTTP.
 * The background work is done at its interval. Thread-safe.
 */
public final class EmbeddedKeyward implements AutoCloseable {
    private final ClosingStack opened;
    private final Service service;

    private EmbeddedKeyward(ClosingStack opened, Service service) {
        this.opened = opened;
        this.service = service;
    }

    /**
     * Opens the home of a configuration, with this process's environment and the time of day.
     *
     * @throws StartException if it cannot be opened, for instance because a server runs on the home
     * @throws dev.keyward.boot.settings.ConfigurationException if a configured file or variable has not what it should
     */
    public static EmbeddedKeyward open(KeywardConfiguration configuration) {
        Map<String, String> environment = System.getenv();
        return open(configuration, RootIdentity.from(environment, false), environment, InstantSource.system());
    }

    /**
     * Opens the home of a configuration.
     *
     * @param wantedRoot what the first identity shall be
     * @param environment where the configuration's variables are
     * @param clock what keys, materials and records go by
     * @throws StartException if it cannot be opened, for instance because a server runs on the home
     * @throws dev.keyward.boot.settings.ConfigurationException if a configured file or variable has not what it should
     */
    public static EmbeddedKeyward open(
            KeywardConfiguration configuration,
            RootIdentity wantedRoot,
            Map<String, String> environment,
            InstantSource clock) {
        return ClosingStack.opening(opened -> {
            Service service = new Service(configuration, wantedRoot, environment, clock, opened);
            service.takeCommands(opened);
            return new EmbeddedKeyward(opened, service);
        });
    }

    /** The ARN of the root user of the installation's first account. */
    public String rootArn() {
        AccountId account = service.root().account();
        return new CallingPrincipal.RootUser(account).arn();
    }

    /**
     * A client of AWS KMS in this process. Closing it is not necessary; it is of no use after {@link #close}.
     *
     * @param principalArn a user, or the root user of an account: decisions and records are as if that one had signed a
     *     request
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

    /** Changes users, roles and access keys, whose next requests go by it. */
    public IdentityAdministration identities() {
        return service.identities();
    }

    /** Does the background work now, besides doing it at its interval. */
    public void maintain() {
        service.maintain();
    }

    /** Ends what is under way, then closes everything. Idempotent. */
    @Override
    public synchronized void close() {
        opened.close();
    }
}
