package dev.keyward.kms;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire. The array is the record's own.
 *
 * @param status the HTTP status
 * @param body AWS JSON 1.1; empty for an operation without an output
 * @param errorCode the AWS code of a refusal, for the header {@code x-amzn-ErrorType}; null for success
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record WireAnswer(int status, byte[] body, @Nullable String errorCode) {}
