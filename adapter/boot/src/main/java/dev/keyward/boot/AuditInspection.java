package dev.keyward.boot;

import dev.keyward.audit.AuditTrail;
import dev.keyward.audit.TrailQuery;
import dev.keyward.audit.TrailVerifier;
import dev.keyward.audit.Verification;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.lifecycle.Sealer;
import dev.keyward.store.SqliteAuditView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks into an audit trail, whether or not a process is running on its home: what the database and the token are asked
 * for, they can be asked beside it. It changes nothing. Stateless.
 */
public final class AuditInspection {
    private AuditInspection() {}

    /** Where the trail of a home is. */
    public static Path directory(Path home) {
        return AuditTrail.directory(home);
    }

    /**
     * Verifies a trail.
     *
     * @param configuration where database and token are
     * @param directories where the trail's files are
     * @param part whether what is missing is not to be looked for
     * @throws StartException if there is no trail, or the database or the token cannot be asked
     */
    public static Verification verify(KeywardConfiguration configuration, List<Path> directories, boolean part) {
        Path home = configuration.home();
        Path database = home.resolve("keyward.db");
        if (!Files.exists(database)) {
            throw new StartException("there is no database " + database
                    + ": it knows the key that the trail is sealed under, and how far the trail goes");
        }
        TrailVerifier.Extent extent = part
                ? TrailVerifier.Extent.PART
                : KeywardHome.isHeld(home) ? TrailVerifier.Extent.GROWING : TrailVerifier.Extent.WHOLE;
        try (SqliteAuditView store = SqliteAuditView.open(database);
                Token token = TokenOpener.open(configuration.token())) {
            Sealing sealing = Sealer.with(store.listServiceKeys(), token).sealingFor(ServicePurpose.AUDIT);
            return new TrailVerifier(checked(directories), sealing, store, extent).verify();
        } catch (StoreException | TokenException | AuditException e) {
            throw new StartException("the audit trail cannot be verified: " + e.getMessage(), e);
        }
    }

    /**
     * Gives every event that is asked for to {@code found}.
     *
     * @param directories where the trail's files are
     * @return how many lines could not be read as events
     * @throws StartException if there is no trail or it cannot be read
     */
    public static long query(List<Path> directories, TrailQuery query, Consumer<TrailQuery.Found> found) {
        try {
            return query.run(checked(directories), found);
        } catch (AuditException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Path> checked(List<Path> directories) {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new StartException("there is no directory " + directory + " with an audit trail");
            }
        }
        return directories;
    }
}
