package dev.keyward.jca;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;

/** An ECDSA signature in the two forms that Java knows: ASN.1 in DER, as AWS KMS gives it, and IEEE P1363's two numbers. */
final class EcdsaSignatureForm {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int ONE_LENGTH_BYTE = 0x81;

    private final byte[] der;
    private int position;

    private EcdsaSignatureForm(byte[] der) {
        this.der = der;
    }

    /**
     * The two numbers of a signature, each in as many bytes as the curve's order has.
     *
     * @throws SignatureException if it is no signature in DER for such a curve
     */
    static byte[] toP1363(byte[] der, int orderBytes) throws SignatureException {
        EcdsaSignatureForm form = new EcdsaSignatureForm(der);
        int sequenceBytes = form.header(SEQUENCE);
        if (form.position + sequenceBytes != der.length) {
            throw new SignatureException("not an ECDSA signature in DER");
        }
        byte[] numbers = new byte[2 * orderBytes];
        form.number(numbers, 0, orderBytes);
        form.number(numbers, orderBytes, orderBytes);
        if (form.position != der.length) {
            throw new SignatureException("not an ECDSA signature in DER");
        }
        return numbers;
    }

    private void number(byte[] into, int offset, int lengthBytes) throws SignatureException {
        int count = header(INTEGER);
        if (count == 0 || count > der.length - position) {
            throw new SignatureException("not an ECDSA signature in DER");
        }
        BigInteger value = new BigInteger(Arrays.copyOfRange(der, position, position + count));
        if (value.signum() < 0 || value.bitLength() > lengthBytes * Byte.SIZE) {
            throw new SignatureException("not an ECDSA signature of this curve");
        }
        position += count;
        byte[] bytes = value.toByteArray();
        int digits = Math.min(bytes.length, lengthBytes); // toByteArray may put a zero in front, for the sign
        System.arraycopy(bytes, bytes.length - digits, into, offset + lengthBytes - digits, digits);
    }

    /** Reads a tag and a length, and tells the length. */
    private int header(int tag) throws SignatureException {
        if (next() != tag) {
            throw new SignatureException("not an ECDSA signature in DER");
        }
        int length = next();
        if (length < ONE_LENGTH_BYTE) {
            return length;
        }
        if (length == ONE_LENGTH_BYTE) {
            return next();
        }
        throw new SignatureException("too long for an ECDSA signature");
    }

    private int next() throws SignatureException {
        if (position == der.length) {
            throw new SignatureException("not an ECDSA signature in DER");
        }
        return Byte.toUnsignedInt(der[position++]);
    }
}
