package dev.keyward.store;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MaterialReference.Residence;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** How the nouns that several tables share lie in their columns. */
final class Columns {
    private static final long MICROSECONDS = 1_000_000;
    private static final int NANOSECONDS_PER_MICROSECOND = 1_000;

    private Columns() {}

    /** Microseconds since 1970, what is finer cut off. */
    static long microseconds(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROSECONDS),
                instant.getNano() / NANOSECONDS_PER_MICROSECOND);
    }

    static @Nullable Long nullableMicroseconds(@Nullable Instant instant) {
        return instant == null ? null : microseconds(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        Long microseconds = nullableLong(row, column);
        return microseconds == null ? null : instant(microseconds);
    }

    private static Instant instant(long microseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(microseconds, MICROSECONDS),
                Math.floorMod(microseconds, MICROSECONDS) * NANOSECONDS_PER_MICROSECOND);
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    static <E extends Enum<E>> E constant(Class<E> type, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(type, row.getString(column));
    }

    static <E extends Enum<E>> @Nullable E nullableConstant(Class<E> type, ResultSet row, String column)
            throws SQLException {
        String name = row.getString(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    /** Binds {@code :account} and {@code :region}. */
    static <S extends SqlStatement<S>> S bindScope(S statement, Scope scope) {
        return statement
                .bind("account", scope.account().value())
                .bind("region", scope.region().value());
    }

    static Scope scope(ResultSet row) throws SQLException {
        return new Scope(new AccountId(row.getString("account")), new Region(row.getString("region")));
    }

    /** Binds {@code :token}, {@code :residence} and {@code :opaque}. */
    static <S extends SqlStatement<S>> S bindReference(S statement, MaterialReference reference) {
        return statement
                .bind("token", reference.token())
                .bind("residence", reference.residence().name())
                .bind("opaque", reference.opaque());
    }

    static MaterialReference reference(ResultSet row) throws SQLException {
        return new MaterialReference(
                row.getString("token"), constant(Residence.class, row, "residence"), row.getBytes("opaque"));
    }
}
