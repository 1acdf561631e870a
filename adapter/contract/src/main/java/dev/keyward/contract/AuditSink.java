package dev.keyward.contract;

/** Where audit records go. Safe for use by many threads at once. */
public interface AuditSink extends AutoCloseable {
    /**
     * Writes one record. When this returns the record survives the end of the process; whoever answers a request calls
     * it first.
     *
     * @throws AuditException if the record could not be written: the request must then not be answered as if it had been
     */
    void write(AuditEvent event);

    /** Ends writing. */
    @Override
    void close();
}
