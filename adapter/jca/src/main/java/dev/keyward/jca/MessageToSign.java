package dev.keyward.jca;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import software.amazon.awssdk.services.kms.model.MessageType;

/** A message, as far as it has come, on its way to Sign. Not thread-safe. */
sealed interface MessageToSign {
    /**
     * One without content, for an algorithm.
     *
     * @throws SignatureException if no provider here has its digest
     */
    static MessageToSign of(SignatureAlgorithm algorithm) throws SignatureException {
        if (algorithm.messageType() == MessageType.RAW) {
            return new Whole(algorithm, new InputBuffer(InputBuffer.LONGEST_MESSAGE_BYTES));
        }
        try {
            return new Digested(MessageDigest.getInstance(algorithm.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new SignatureException(e);
        }
    }

    /**
     * Adds to the message.
     *
     * @throws SignatureException if it becomes longer than KMS takes it
     */
    void add(byte[] input, int offset, int length) throws SignatureException;

    /**
     * What Sign is given. The message begins anew.
     *
     * @throws SignatureException if it became longer than KMS takes it
     */
    byte[] finish() throws SignatureException;

    /** A message of any length, of which the digest is signed. */
    record Digested(MessageDigest digest) implements MessageToSign {
        @Override
        public void add(byte[] input, int offset, int length) {
            digest.update(input, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }

    /** A message that is signed as it is. */
    record Whole(SignatureAlgorithm algorithm, InputBuffer message) implements MessageToSign {
        @Override
        public void add(byte[] input, int offset, int length) throws SignatureException {
            message.add(input, offset, length);
            refuseIfTooLong();
        }

        @Override
        public byte[] finish() throws SignatureException {
            try {
                refuseIfTooLong();
                return message.content();
            } finally {
                message.clear();
            }
        }

        private void refuseIfTooLong() throws SignatureException {
            if (message.isOverflown()) {
                throw new SignatureException("the message has more than " + message.limitBytes()
                        + " bytes, the limit of AWS KMS for " + algorithm);
            }
        }
    }
}
