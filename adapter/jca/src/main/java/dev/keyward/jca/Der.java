package dev.keyward.jca;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Writes the little ASN.1 that a certificate needs, in DER. Source: ITU-T X.690. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int NULL = 0x05;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private static final int LONG_FORM = 0x80;
    private static final int ARC_BITS = 7;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, concatenated(elements));
    }

    static byte[] set(byte[] onlyElement) {
        return element(SET, onlyElement);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] nothing() {
        return element(NULL);
    }

    /** Bits that are whole bytes. */
    static byte[] bitString(byte[] bytes) {
        byte[] noUnusedBits = {0};
        return element(BIT_STRING, noUnusedBits, bytes);
    }

    static byte[] utf8(String text) {
        return element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] generalizedTime(Instant time) {
        return element(GENERALIZED_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier in dotted form, at least two arcs. */
    static byte[] objectIdentifier(String dotted) {
        int[] arcs = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeArc(content, 40 * arcs[0] + arcs[1]); // X.690, 8.19.4: the first two share one
        Arrays.stream(arcs).skip(2).forEach(arc -> writeArc(content, arc));
        return element(OBJECT_IDENTIFIER, content.toByteArray());
    }

    private static void writeArc(ByteArrayOutputStream content, int arc) {
        if (arc >> ARC_BITS != 0) {
            writeLeadingBits(content, arc >> ARC_BITS);
        }
        content.write(arc & 0x7f);
    }

    private static void writeLeadingBits(ByteArrayOutputStream content, int bits) {
        if (bits >> ARC_BITS != 0) {
            writeLeadingBits(content, bits >> ARC_BITS);
        }
        content.write((bits & 0x7f) | LONG_FORM);
    }

    private static byte[] element(int tag, byte[]... parts) {
        byte[] content = concatenated(parts);
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < LONG_FORM) {
            element.write(content.length);
        } else {
            int lengthBytes = Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(content.length), Byte.SIZE);
            element.write(LONG_FORM | lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                element.write(content.length >> (i * Byte.SIZE));
            }
        }
        element.writeBytes(content);
        return element.toByteArray();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
