package dev.keyward.store;

import dev.keyward.contract.Sealing;
import dev.keyward.contract.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whether all rows are as they were written, at one moment.
 *
 * @param isSealed whether there is a key of seals, so that rows can be looked at
 * @param head the head over the rows
 * @param faults what is wrong, a sentence each; empty if nothing is
 */
record RowExamination(boolean isSealed, RowHead head, List<String> faults) {
    private static final int MOST_NAMED = 20;

    /** Copies the list. */
    RowExamination {
        faults = List.copyOf(faults);
    }

    /** Looks at all rows that the connection sees. */
    static RowExamination of(Handle handle, Sealing sealing, String binding) {
        Optional<RowSealTable.Content> seals = RowSealTable.find(handle);
        if (seals.isEmpty()) {
            return new RowExamination(false, RowHead.EMPTY, withoutSeals(handle));
        }
        Optional<RowKey> key = sealing.open(binding, seals.get().sealedKey()).map(RowExamination::key);
        if (key.isEmpty()) {
            return failed("the key of the rows' seals does not open: it was sealed by another token, or was changed");
        }
        RowSeals.of(handle).use(key.get());
        return of(handle, key.get(), seals.get());
    }

    /** Looks again, once the rows are open. */
    static RowExamination again(Handle handle) {
        return RowSealTable.find(handle)
                .map(seals -> of(handle, RowSeals.of(handle).key(), seals))
                .orElseGet(() -> failed("the key of the rows' seals was taken away"));
    }

    private static RowExamination of(Handle handle, RowKey key, RowSealTable.Content seals) {
        Optional<RowHead> head = key.open(seals.head());
        if (head.isEmpty()) {
            return failed("the head over the rows' seals is not one that Keyward wrote");
        }
        if (!Schema.isOurs(handle)) {
            return new RowExamination(true, head.get(), List.of(Schema.fault(handle)));
        }
        return new RowExamination(true, head.get(), faults(new SealedRows(handle), head.get()));
    }

    /** The same, and a fault if nothing else is wrong and the rows have seen fewer changes than are known of. */
    RowExamination notBefore(long leastChanges) {
        return !faults.isEmpty() || head.changes() >= leastChanges
                ? this
                : new RowExamination(
                        isSealed,
                        head,
                        List.of("the rows are those of an earlier time: they have seen %d changes, and %d are known of"
                                .formatted(head.changes(), leastChanges)));
    }

    private static RowKey key(byte[] secret) {
        try {
            return new RowKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static RowExamination failed(String fault) {
        return new RowExamination(false, RowHead.EMPTY, List.of(fault));
    }

    private static List<String> withoutSeals(Handle handle) {
        return SealedTable.areAllEmpty(handle)
                ? List.of()
                : List.of("the rows have no seals: an earlier Keyward wrote them, or their seals were taken away");
    }

    private static List<String> faults(SealedRows rows, RowHead head) {
        Sum sum = new Sum(rows);
        try {
            rows.forEach(sum::add);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.NOT_AUTHENTIC) {
                throw e;
            }
            return List.of(String.valueOf(e.getMessage())); // not even which row it is can be told
        }
        if (sum.strange.isEmpty() && !sum.head.sum().equals(head.sum())) {
            return List.of(
                    "each row is one that Keyward wrote, but not all of them are those of now: one was put back to"
                            + " what it was before, or was removed, or was put back after it had been removed");
        }
        return sum.faults();
    }

    /** What all rows come to. */
    private static final class Sum {
        private final SealedRows rows;
        private final List<RowName> strange = new ArrayList<>();
        private RowHead head = RowHead.EMPTY;

        Sum(SealedRows rows) {
            this.rows = rows;
        }

        void add(SealedRows.Found found) {
            if (found.isAuthentic()) {
                head = head.plus(rows.difference(Optional.empty(), Optional.of(found.fitting())));
            } else {
                strange.add(found.name());
            }
        }

        List<String> faults() {
            List<String> faults = new ArrayList<>();
            strange.stream().limit(MOST_NAMED).map(RowSeals::faultOf).forEach(faults::add);
            if (strange.size() > MOST_NAMED) {
                faults.add("and " + (strange.size() - MOST_NAMED) + " more");
            }
            return faults;
        }
    }
}
