package dev.keyward.store;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one store are checked by, whoever reads them: every connection has it at hand. Until the key is there,
 * no sealed row can be read or written. Safe for use by many threads at once.
 */
final class RowSeals {
    private volatile @Nullable RowKey key;

    /** From now on rows are checked by that key. */
    void use(RowKey found) {
        key = found;
    }

    /** What they are checked by. */
    RowKey key() {
        RowKey present = key;
        if (present == null) {
            throw new IllegalStateException("the rows have not been opened");
        }
        return present;
    }

    /** What a row says. */
    RowContent content(SealedTable table, ResultSet row) throws SQLException {
        return key().content().add(table.table(), row);
    }

    /**
     * Checks a row that has no parts.
     *
     * @throws StoreException with {@link Reason#NOT_AUTHENTIC} if it is not as it was written
     */
    void require(SealedTable table, ResultSet row) throws SQLException {
        require(RowName.of(table, row), content(table, row), row.getBytes(RowContent.SEAL));
    }

    /**
     * Checks a row with all its parts.
     *
     * @throws StoreException with {@link Reason#NOT_AUTHENTIC} if it is not as it was written
     */
    static void require(RowName name, RowContent content, byte @Nullable [] seal) {
        if (!fits(seal, content.seal())) {
            throw new StoreException(Reason.NOT_AUTHENTIC, faultOf(name));
        }
    }

    /** Whether a row has the seal that it should. */
    static boolean fits(byte @Nullable [] seal, byte[] fitting) {
        return seal != null && MessageDigest.isEqual(seal, fitting);
    }

    /** What is wrong with a row whose seal does not fit. */
    static String faultOf(RowName name) {
        return name + " is not as Keyward wrote it: its seal does not fit";
    }

    /** Puts them at hand of every connection that {@code jdbi} opens. */
    void configure(Jdbi jdbi) {
        jdbi.getConfig(AtHand.class).seals = this;
    }

    static RowSeals of(Handle handle) {
        return handle.getConfig(AtHand.class).seals();
    }

    static RowSeals of(StatementContext context) {
        return context.getConfig(AtHand.class).seals();
    }

    /** Where a connection has them. */
    public static final class AtHand implements JdbiConfig<AtHand> {
        private @Nullable RowSeals seals;

        private RowSeals seals() {
            if (seals == null) {
                throw new IllegalStateException("a connection without seals");
            }
            return seals;
        }

        @Override
        public AtHand createCopy() {
            AtHand copy = new AtHand();
            copy.seals = seals;
            return copy;
        }
    }
}
