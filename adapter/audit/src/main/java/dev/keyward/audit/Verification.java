package dev.keyward.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a trail. Immutable and thread-safe.
 *
 * @param chains how many chains were read
 * @param files how many files
 * @param records how many records were found to be what was written
 * @param notes what is no fault and worth knowing, in the order of the trail
 * @param fault the first fault; null for none
 */
public record Verification(
        int chains,
        int files,
        long records,
        List<String> notes,
        @Nullable Fault fault) {
    /** Copies the list. */
    public Verification {
        notes = List.copyOf(notes);
    }

    /**
     * Something that is not as it was written.
     *
     * @param place the file, line and record, or the chain
     * @param what what is wrong with it
     */
    public record Fault(String place, String what) {}
}
