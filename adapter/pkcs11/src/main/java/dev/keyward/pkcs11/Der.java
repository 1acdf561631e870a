package dev.keyward.pkcs11;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of DER (ITU-T X.690) that keys and signatures are written in. Stateless. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SET = 0x31;
    private static final int CONTEXT_CONSTRUCTED = 0xa0;
    private static final byte[] NULL = {0x05, 0};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int LONG_FORM = 0x80;
    /** Of object identifiers: the first two numbers are one (8.19.4), and seven bits go into each byte. */
    private static final int FIRST_FACTOR = 40;

    private static final int GROUP_BITS = 7;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, elements);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] octetString(byte[] bytes) {
        return element(OCTET_STRING, bytes);
    }

    /** A string of whole bytes. */
    static byte[] bitString(byte[] bytes) {
        return element(BIT_STRING, new byte[1], bytes);
    }

    static byte[] set(byte[] onlyElement) {
        return element(SET, onlyElement);
    }

    static byte[] utf8(String text) {
        return element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] generalizedTime(Instant time) {
        return element(GENERALIZED_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** What a context gives the number {@code tag}, around another element. */
    static byte[] explicit(int tag, byte[] element) {
        return element(CONTEXT_CONSTRUCTED | tag, element);
    }

    static byte[] nothing() {
        return NULL.clone();
    }

    /** An object identifier from its dotted decimal form. */
    static byte[] objectIdentifier(String dotted) {
        String[] numbers = dotted.split("\\.", -1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeNumber(bytes, FIRST_FACTOR * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]));
        for (int i = 2; i < numbers.length; i++) {
            writeNumber(bytes, Integer.parseInt(numbers[i]));
        }
        return element(OBJECT_IDENTIFIER, bytes.toByteArray());
    }

    private static void writeNumber(ByteArrayOutputStream bytes, int number) {
        int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(number) + GROUP_BITS - 1) / GROUP_BITS);
        for (int group = groups - 1; group >= 0; group--) {
            int bits = (number >> (group * GROUP_BITS)) & (LONG_FORM - 1);
            bytes.write(group == 0 ? bits : bits | LONG_FORM);
        }
    }

    private static byte[] element(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        writeLength(bytes, length);
        for (byte[] content : contents) {
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream bytes, int length) {
        if (length < LONG_FORM) {
            bytes.write(length);
            return;
        }
        byte[] digits = BigInteger.valueOf(length).toByteArray();
        int start = digits[0] == 0 ? 1 : 0;
        bytes.write(LONG_FORM | (digits.length - start));
        bytes.write(digits, start, digits.length - start);
    }
}
