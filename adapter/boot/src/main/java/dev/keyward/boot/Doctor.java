package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenInformation;
import dev.keyward.identity.StoredPrincipals;
import dev.keyward.lifecycle.Inventory;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an installation is sound. It changes nothing: what is missing is reported, never made, and an object
 * without a row is reported, never destroyed. Used once, by one thread.
 */
public final class Doctor {
    private final KeywardConfiguration configuration;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(KeywardConfiguration configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Everything that was found, in the order in which it was looked at. */
    public static List<Finding> examine(KeywardConfiguration configuration, InstantSource clock) {
        Doctor doctor = new Doctor(configuration, clock);
        doctor.examine();
        return List.copyOf(doctor.findings);
    }

    private void examine() {
        findings.add(Finding.good("configuration", "every setting is known and allowed"));
        Path directory = configuration.home();
        if (!Files.isDirectory(directory)) {
            findings.add(Finding.fault("home", "there is no directory " + directory));
            checkToken(null);
            return;
        }
        checkPrivate("home", directory);
        checkPrivateIfThere("credentials", directory.resolve("credentials"));
        if (configuration.token().pin() instanceof SecretSource.File(Path pin)) {
            checkPrivateIfThere("PIN file", pin);
        }
        if (KeywardHome.isHeld(directory)) {
            findings.add(Finding.note("server", "a process runs on this home; stop it to have the database checked"));
            checkToken(null);
            findings.add(Finding.notChecked("database", "it belongs to the running process"));
            return;
        }
        findings.add(Finding.note("server", "no process runs on this home"));
        checkWithHome(directory);
    }

    private void checkWithHome(Path directory) {
        Path database = directory.resolve("keyward.db");
        if (!Files.exists(database)) {
            findings.add(Finding.note("database", "there is none yet: the first start makes it"));
            checkToken(null);
            return;
        }
        try (KeywardHome home = KeywardHome.hold(directory)) {
            if (SqliteStore.isBehind(home.database())) {
                findings.add(Finding.note(
                        "database",
                        home.database() + " was written by an earlier Keyward: the next start brings it up to date, and"
                                + " until then its rows are not checked"));
                checkToken(null);
                return;
            }
            checkWithDatabase(home.database());
        } catch (StoreException | StartException e) {
            findings.add(Finding.fault("database", String.valueOf(e.getMessage())));
            checkToken(null);
        }
    }

    private void checkWithDatabase(Path database) {
        try (SqliteStore store = SqliteStore.openToRead(database)) {
            findings.add(Finding.good("database", database + " is whole; installation " + store.installation()));
            checkToken(store);
        }
    }

    private void checkPrivateIfThere(String check, Path path) {
        if (Files.exists(path)) {
            checkPrivate(check, path);
        }
    }

    private void checkPrivate(String check, Path path) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            findings.add(
                    PrivateFiles.isPrivate(path)
                            ? Finding.good(check, path + " is its owner's alone (" + mode + ")")
                            : Finding.fault(check, path + " is open to others (" + mode + "): chmod go= it"));
        } catch (IOException e) {
            findings.add(Finding.fault(check, path + " cannot be looked at: " + Reasons.of(e)));
        }
    }

    private void checkToken(@Nullable SqliteStore store) {
        try (Token token = TokenOpener.open(configuration.token())) {
            TokenInformation information = token.information();
            findings.add(Finding.good(
                    "token",
                    "logged in to " + information.label() + ", serial number " + information.serialNumber() + ", "
                            + information.model()));
            checkCapabilities(information);
            if (store != null && checkServiceKeys(store, token)) {
                Sealer serviceKeys = Sealer.with(store.listServiceKeys(), token);
                checkSeals(store, serviceKeys);
                compare(store, token, serviceKeys);
            }
        } catch (StartException | ConfigurationException | TokenException e) {
            findings.add(Finding.fault("token", String.valueOf(e.getMessage())));
        }
    }

    private void checkCapabilities(TokenInformation information) {
        boolean encrypts = information.capabilities().contains(TokenCapability.DERIVE_SUBKEYS)
                || information.capabilities().contains(TokenCapability.ENCRYPT_DIRECTLY);
        findings.add(
                encrypts
                        ? Finding.good(
                                "capabilities",
                                "profile " + information.profile() + ": "
                                        + information.capabilities().stream()
                                                .map(TokenCapability::name)
                                                .sorted()
                                                .collect(Collectors.joining(", ")))
                        : Finding.fault(
                                "capabilities",
                                "profile " + information.profile() + " finds no way to encrypt on this token"));
    }

    /** Whether there are service keys and all of them are in the token. */
    private boolean checkServiceKeys(MetadataStore store, Token token) {
        List<ServiceKeyRecord> keys = store.listServiceKeys();
        if (keys.isEmpty()) {
            findings.add(Finding.note("service keys", "there are none yet: the first start makes them"));
            return false;
        }
        boolean allThere = true;
        for (ServiceKeyRecord key : keys) {
            String name = key.purpose().label() + " version " + key.version();
            if (key.presence() != MaterialPresence.PRESENT) {
                findings.add(Finding.note("service keys", name + " is half made: the next start completes it"));
                allThere = false;
            } else if (!token.holds(key.reference())) {
                findings.add(Finding.fault(
                        "service keys",
                        name + " is not in this token: is it the token that belongs to this database?"));
                allThere = false;
            }
        }
        if (allThere) {
            findings.add(Finding.good("service keys", keys.size() + " in the token"));
        }
        return allThere;
    }

    /** Whether all rows are those that were written. */
    private void checkSeals(SqliteStore store, Sealer serviceKeys) {
        try {
            List<String> faults = new StoredRows(configuration.home(), store, serviceKeys).faults();
            faults.forEach(fault -> findings.add(Finding.fault("seals", fault)));
            if (faults.isEmpty()) {
                findings.add(Finding.good("seals", "every row that decides something is as Keyward wrote it"));
            }
        } catch (StoreException | AuditException e) {
            findings.add(Finding.fault("seals", String.valueOf(e.getMessage())));
        }
    }

    private void compare(SqliteStore store, Token token, Sealer serviceKeys) {
        try (Lifecycle lifecycle = new Lifecycle(
                clock, store, token, serviceKeys, new NoAudit(), new StoredPrincipals(store.identities()))) {
            report(lifecycle.inventory().compare());
        } catch (StoreException e) {
            findings.add(Finding.notChecked("rows", "they cannot be compared with the token: " + e.getMessage()));
        }
    }

    private void report(Inventory.Report report) {
        if (report.rowsWithoutObject().isEmpty()) {
            findings.add(Finding.good("rows", report.rows() + " rows have their object in the token"));
        }
        report.rowsWithoutObject()
                .forEach(row -> findings.add(Finding.fault(
                        "rows",
                        row + " is not in the token: its data is lost" + " unless a backup of the token has it")));
        if (report.objectsWithoutRow().isEmpty()) {
            findings.add(Finding.good("objects", "every object of this installation has its row"));
        }
        report.objectsWithoutRow()
                .forEach(label -> findings.add(Finding.note(
                        "objects", label + " has no row here; it may belong to a newer database, and is left alone")));
    }

    /** Nothing that the doctor does is a request. */
    private static final class NoAudit implements AuditSink {
        @Override
        public void write(AuditEvent event) {
            throw new IllegalStateException("the doctor makes no requests");
        }

        @Override
        public void close() {}
    }
}
