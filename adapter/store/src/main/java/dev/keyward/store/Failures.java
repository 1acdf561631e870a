package dev.keyward.store;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.EnumSet;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what went wrong in the database into a {@link StoreException} that names its file. Thread-safe. */
final class Failures {
    private static final Set<SQLiteErrorCode> TAKEN =
            EnumSet.of(SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY, SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
    private static final Set<SQLiteErrorCode> WORTH_A_RETRY = EnumSet.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_BUSY_RECOVERY,
            SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_FULL);

    private final Path file;

    Failures(Path file) {
        this.file = file;
    }

    /** A refusal or failure as it is; of anything else the reason that its cause gives. */
    StoreException of(Throwable thrown) {
        if (thrown instanceof StoreException failure) {
            return failure;
        }
        return new StoreException(reason(thrown), "the database " + file + " failed: " + innermost(thrown), thrown);
    }

    private static Reason reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException failure) {
                return reason(failure);
            }
            if (cause instanceof SQLTransientException) {
                return Reason.UNAVAILABLE;
            }
        }
        return Reason.FAILED;
    }

    private static Reason reason(SQLiteException failure) {
        SQLiteErrorCode code = failure.getResultCode();
        if (TAKEN.contains(code)) {
            return Reason.EXISTS;
        }
        return WORTH_A_RETRY.contains(code) ? Reason.UNAVAILABLE : Reason.FAILED;
    }

    /** The message of the SQL error beneath, which says what happened; the wrappers around it repeat the statement. */
    private static String innermost(Throwable thrown) {
        Throwable found = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                found = cause;
            }
        }
        return String.valueOf(found.getMessage());
    }
}
