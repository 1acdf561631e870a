package dev.keyward.boot;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.Scope;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.IdentityAdministration;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Has commands about identities carried out: by the server that holds the home, or by this process if none does. Either
 * way a change holds for the next request, and is in the audit trail. Stateless.
 */
public final class IdentityConsole {
    private IdentityConsole() {}

    /**
     * Carries out one command.
     *
     * @throws StartException if the home cannot be opened, or its server does not answer
     */
    public static IdentityReply run(KeywardConfiguration configuration, InstantSource clock, IdentityCommand command) {
        if (KeywardHome.isHeld(configuration.home())) {
            return CommandSocket.send(KeywardHome.commandSocket(configuration.home()), command);
        }
        ClosingStack opened = new ClosingStack();
        try {
            Foundations foundations = Foundations.open(configuration, clock, opened);
            IdentityStore store = foundations.store().identities();
            AccountId account = RootIdentity.accountIn(store);
            IdentityAdministration administration = new IdentityAdministration(
                    store,
                    new ServiceKeySealer(foundations.serviceKeys()),
                    new Drawn(new SecureRandom()),
                    clock,
                    foundations.audit(),
                    new Scope(account, configuration.regions().getFirst()));
            return new IdentityCommandTable(administration, account).run(command);
        } finally {
            opened.close();
        }
    }
}
