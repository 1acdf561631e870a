package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Settings;
import dev.keyward.identity.sts.IdentityProvider;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the setting {@code identityProviders} into the providers that it lists. */
final class IdentityProvidersReader {
    private IdentityProvidersReader() {}

    static List<IdentityProvider> read(Settings settings) {
        Optional<Node> given = settings.find(SettingsTable.IDENTITY_PROVIDERS);
        if (given.isEmpty()) {
            return List.of();
        }
        if (!(given.orElseThrow() instanceof Node.Sequence(List<Node> items, var _))) {
            throw new ConfigurationException("identityProviders (" + settings.origin(SettingsTable.IDENTITY_PROVIDERS)
                    + "): what is given is not allowed; it must be "
                    + SettingsTable.IDENTITY_PROVIDERS.form().allowed());
        }
        List<IdentityProvider> providers = new ArrayList<>();
        Set<String> issuers = new HashSet<>();
        for (Node item : items) {
            String section = "identityProviders[" + providers.size() + "]";
            String place = "(" + item.origin().description() + ")";
            IdentityProvider provider =
                    provider(section, place, Settings.ofItem(section, SettingsTable.IDENTITY_PROVIDER_ROWS, item));
            if (!issuers.add(provider.issuer())) {
                throw new ConfigurationException(
                        section + ".issuer " + place + ": " + provider.issuer() + " is listed twice");
            }
            providers.add(provider);
        }
        return List.copyOf(providers);
    }

    private static IdentityProvider provider(String section, String place, Settings item) {
        URI issuer = item.require(SettingsTable.ITEM_ISSUER);
        requireSecure(section + ".issuer " + place, issuer);
        return new IdentityProvider(
                issuer.toString(),
                Set.copyOf(item.require(SettingsTable.ITEM_AUDIENCES)),
                keys(section, place, item),
                Duration.ofSeconds(item.require(SettingsTable.ITEM_CLOCK_SKEW_SECONDS)));
    }

    private static IdentityProvider.Keys keys(String section, String place, Settings item) {
        Optional<Path> file = item.find(SettingsTable.ITEM_KEYS_FILE);
        Optional<URI> address = item.find(SettingsTable.ITEM_KEYS_URL);
        if (file.isPresent() == address.isPresent()) {
            throw new ConfigurationException(
                    section + ".keys " + place + " needs one of file and url, and no more than one");
        }
        if (file.isPresent()) {
            return new IdentityProvider.Keys.File(file.orElseThrow());
        }
        requireSecure(section + ".keys.url " + place, address.orElseThrow());
        return new IdentityProvider.Keys.Address(address.orElseThrow());
    }

    /** Whoever could change the keys on their way could be anybody. */
    private static void requireSecure(String place, URI address) {
        boolean isHttp = "http".equals(address.getScheme());
        if (address.getHost() == null
                || !(isHttp || "https".equals(address.getScheme()))
                || (isHttp && !isLoopback(address.getHost()))) {
            throw new ConfigurationException(
                    place + ": " + address + " is not allowed; it must be an https address, or http on loopback");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
