package dev.keyward.contract;

/**
 * A place in a chain of audit records, sealed by the token. Immutable; the array is the record's own.
 *
 * @param next the sequence number of the record that comes after it
 * @param previous the MAC of the record before it, 64 hex digits; zeros before the first
 * @param closing whether that next record is the chain's last
 * @param seal the key that the next record is MACed under, sealed by a service key and bound to this place
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; copying it would cost more than the record itself
public record AuditCheckpoint(long next, String previous, boolean closing, byte[] seal) {
    @Override
    public String toString() {
        return (closing ? "closed by record " : "before record ") + next;
    }
}
