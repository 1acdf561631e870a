package dev.keyward.contract;

/** Where audit records go. Safe for use by many threads at once. */
public interface AuditSink extends AutoCloseable {
    /**
     * Writes one record. When this returns the record survives the end of the process, by whatever signal, and that of an
     * {@link AuditEvent.Phase#INTENT} survives a power cut too; whoever answers a request calls it first.
     *
     * @throws AuditException if the record could not be written: the request must then not be answered as if it had been
     */
    void write(AuditEvent event);

    /**
     * Asked before a request's work is begun, so that nothing is done that cannot be recorded: a sink whose last write
     * failed looks whether it can write again. A sink that never fails has nothing to look for.
     *
     * @throws AuditException if a record could not be written now
     */
    default void requireWritable() {}

    /** Ends writing. */
    @Override
    void close();
}
