package dev.keyward.store;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The rows of all sealed tables through one connection, looked at alike, whatever they say. Not thread-safe. */
final class SealedRows {
    private final Handle handle;
    private final RowSeals seals;

    SealedRows(Handle handle) {
        this.handle = handle;
        seals = RowSeals.of(handle);
    }

    /**
     * A row as it was found.
     *
     * @param name which one
     * @param seal the seal that it has
     * @param fitting the seal that it should have
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Found(RowName name, byte @Nullable [] seal, byte[] fitting) {
        boolean isAuthentic() {
            return RowSeals.fits(seal, fitting);
        }
    }

    /**
     * The seal of a row; empty if it is not there.
     *
     * @throws StoreException with {@link Reason#NOT_AUTHENTIC} if it is not as it was written
     */
    Optional<byte[]> authenticSeal(RowName name) {
        Optional<Found> found = find(name);
        if (found.isPresent() && !found.get().isAuthentic()) {
            throw new StoreException(Reason.NOT_AUTHENTIC, RowSeals.faultOf(name));
        }
        return found.map(Found::fitting);
    }

    /**
     * Checks rows that were just found.
     *
     * @throws StoreException with {@link Reason#NOT_AUTHENTIC} if one of them is not as it was written
     */
    void requireAuthentic(List<RowName> names) {
        for (RowName name : names) {
            if (authenticSeal(name).isEmpty()) {
                throw new StoreException(Reason.NOT_AUTHENTIC, RowSeals.faultOf(name));
            }
        }
    }

    /** Seals a row as it says now; empty if it is not there. */
    Optional<byte[]> renew(RowName name) {
        Optional<Found> found = find(name);
        found.ifPresent(row -> bindKey(handle.createUpdate(name.table().update()), 1, name)
                .bind(0, row.fitting())
                .execute());
        return found.map(Found::fitting);
    }

    /**
     * Seals every row as it says now under a fresh key.
     *
     * @param sealedKey that key, sealed
     * @param formerChanges how many changes there were before
     * @return the head over all of them
     */
    static RowHead sealAll(Handle handle, RowKey key, byte[] sealedKey, long formerChanges) {
        Schema.requireOurs(handle);
        RowSeals.of(handle).use(key);
        SealedRows rows = new SealedRows(handle);
        List<RowName> names = new ArrayList<>();
        rows.forEach(found -> names.add(found.name()));
        RowHead head = new RowHead(Math.addExact(formerChanges, 1), BigInteger.ZERO);
        for (RowName name : names) {
            head = head.plus(rows.difference(Optional.empty(), rows.renew(name)));
        }
        RowSealTable.put(handle, new RowSealTable.Content(sealedKey, key.seal(head)));
        return head;
    }

    /** What it adds to the head when one seal takes the place of another, or of none, or goes. */
    RowHead difference(Optional<byte[]> formerSeal, Optional<byte[]> seal) {
        return RowHead.change(addend(formerSeal), addend(seal));
    }

    private BigInteger addend(Optional<byte[]> seal) {
        return seal.map(seals.key()::addend).orElse(BigInteger.ZERO);
    }

    private Optional<Found> find(RowName name) {
        return bindKey(handle.createQuery(name.table().select()), 0, name)
                .map((row, context) -> found(name, row))
                .findOne();
    }

    /** Shows every row of every table. */
    void forEach(Consumer<Found> visitor) {
        for (SealedTable table : SealedTable.values()) {
            handle.createQuery(table.selectAll())
                    .map((row, context) -> found(RowName.of(table, row), row))
                    .forEach(visitor);
        }
    }

    private Found found(RowName name, ResultSet row) throws SQLException {
        RowContent content = seals.content(name.table(), row);
        for (String part : name.table().parts()) {
            handle.createQuery(SealedTable.selectPart(part))
                    .bind(0, name.key().getFirst())
                    .map((partRow, context) -> content.add(part, partRow))
                    .forEach(added -> {});
        }
        return new Found(name, row.getBytes(RowContent.SEAL), content.seal());
    }

    private static <S extends SqlStatement<S>> S bindKey(S statement, int first, RowName name) {
        List<String> key = name.key();
        for (int column = 0; column < key.size(); column++) {
            statement.bind(first + column, key.get(column));
        }
        return statement;
    }
}
