package dev.keyward.audit;

import java.time.Duration;

/**
 * How the trail is kept. Immutable and thread-safe.
 *
 * @param sync when the disk is made to hold a record
 * @param fileBytes how long a file grows before the next is begun, about
 * @param fileAge how long a file is written to before the next is begun, about
 * @param checkpointInterval how often the token seals where the chain stands, if records were added
 */
public record TrailSettings(Sync sync, long fileBytes, Duration fileAge, Duration checkpointInterval) {
    /** When the disk is made to hold a record. The end of the process costs no record either way. */
    public enum Sync {
        /** Before its request is answered; requests that wait at the same time share one sync. */
        ANSWER,
        /** Within a second: a power cut can cost the records of that second. */
        INTERVAL
    }
}
