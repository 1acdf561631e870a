package dev.keyward.pkcs11.mechanism;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.keyward.pkcs11.raw.Native;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A mechanism with its parameters. Immutable; the arrays are the records' own. */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
public sealed interface Mechanism {
    /** The CK_MECHANISM_TYPE. */
    long code();

    /** Writes the parameters; {@link MemorySegment#NULL} if there are none. */
    default MemorySegment writeParameters(SegmentAllocator allocator) {
        return MemorySegment.NULL;
    }

    /** Writes the CK_MECHANISM: type, parameters, their length. */
    default MemorySegment write(SegmentAllocator allocator) {
        MemorySegment parameters = writeParameters(allocator);
        MemorySegment mechanism = Native.words(allocator, 3);
        Native.setWord(mechanism, 0, code());
        Native.setWord(mechanism, 1, parameters);
        Native.setWord(mechanism, 2, parameters.byteSize());
        return mechanism;
    }

    /** A mechanism without parameters. */
    record Plain(MechanismType type) implements Mechanism {
        @Override
        public long code() {
            return type.code();
        }
    }

    /** AES key wrap, by the number under which the token knows the wanted variant; with the default IV. */
    record AesKeyWrap(long code) implements Mechanism {}

    /**
     * AES-GCM with a tag of 128 bits. CK_GCM_PARAMS in the form with ulIvBits, which is the standard's header; the text
     * of 2.40 lacked it.
     *
     * @param iv where the token makes the IV itself, room for it
     */
    record AesGcm(byte[] iv, byte[] associatedData) implements Mechanism {
        private static final long TAG_BITS = 128;

        @Override
        public long code() {
            return MechanismType.AES_GCM.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment parameters = Native.words(allocator, 6);
            Native.setWord(parameters, 0, Native.bytes(allocator, iv));
            Native.setWord(parameters, 1, iv.length);
            Native.setWord(parameters, 2, (long) iv.length * Byte.SIZE);
            Native.setWord(parameters, 3, Native.bytes(allocator, associatedData));
            Native.setWord(parameters, 4, associatedData.length);
            Native.setWord(parameters, 5, TAG_BITS);
            return parameters;
        }

        /** Reads the IV back from a written mechanism, where the token put the one it made. */
        public static byte[] readIv(MemorySegment mechanism, int lengthBytes) {
            MemorySegment parameters = Native.pointedTo(mechanism, 1, Native.WORD_BYTES);
            return Native.pointedTo(parameters, 0, lengthBytes).toArray(JAVA_BYTE);
        }
    }

    /** RSA-OAEP with an empty label: CK_RSA_PKCS_OAEP_PARAMS. */
    record RsaOaep(OaepHash hash) implements Mechanism {
        private static final long DATA_SPECIFIED = 1;

        @Override
        public long code() {
            return MechanismType.RSA_PKCS_OAEP.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment parameters = Native.words(allocator, 5);
            Native.setWord(parameters, 0, hash.mechanism());
            Native.setWord(parameters, 1, hash.maskGeneration());
            Native.setWord(parameters, 2, DATA_SPECIFIED);
            return parameters;
        }
    }

    /** RSASSA-PSS of a digest, with a salt as long as the digest: CK_RSA_PKCS_PSS_PARAMS. */
    record RsaPss(PssHash hash) implements Mechanism {
        @Override
        public long code() {
            return MechanismType.RSA_PKCS_PSS.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment parameters = Native.words(allocator, 3);
            Native.setWord(parameters, 0, hash.mechanism());
            Native.setWord(parameters, 1, hash.maskGeneration());
            Native.setWord(parameters, 2, hash.lengthBytes());
            return parameters;
        }
    }

    /**
     * The common point's x coordinate, as it is: CK_ECDH1_DERIVE_PARAMS.
     *
     * @param publicPoint of the other party, uncompressed
     */
    record Ecdh1Derive(byte[] publicPoint) implements Mechanism {
        private static final long NO_KDF = 1;

        @Override
        public long code() {
            return MechanismType.ECDH1_DERIVE.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment parameters = Native.words(allocator, 5);
            Native.setWord(parameters, 0, NO_KDF);
            Native.setWord(parameters, 1, 0);
            Native.setWord(parameters, 2, MemorySegment.NULL);
            Native.setWord(parameters, 3, publicPoint.length);
            Native.setWord(parameters, 4, Native.bytes(allocator, publicPoint));
            return parameters;
        }
    }

    /**
     * A key that is the AES-ECB encryption of the data: CK_KEY_DERIVATION_STRING_DATA.
     *
     * @param data whole blocks, as long as the key
     */
    record AesEcbEncryptData(byte[] data) implements Mechanism {
        @Override
        public long code() {
            return MechanismType.AES_ECB_ENCRYPT_DATA.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment parameters = Native.words(allocator, 2);
            Native.setWord(parameters, 0, Native.bytes(allocator, data));
            Native.setWord(parameters, 1, data.length);
            return parameters;
        }
    }

    /**
     * The KDF in counter mode of NIST SP 800-108, section 4.1, with AES-CMAC: CK_SP800_108_KDF_PARAMS. What goes into
     * each PRF call is counter (32 bits), label, a zero byte, context, length of the key in bits (32 bits); numbers are
     * big-endian.
     */
    record Sp800108CounterKdf(String label, byte[] context) implements Mechanism {
        private static final long ITERATION_VARIABLE = 1;
        private static final long DERIVED_LENGTH = 3;
        private static final long BYTE_ARRAY = 4;
        private static final long SUM_OF_KEYS = 1;
        private static final long WIDTH_BITS = 32;
        private static final int DATA_PARAMETERS = 3;
        private static final int DATA_PARAMETER_WORDS = 3;

        @Override
        public long code() {
            return MechanismType.SP800_108_COUNTER_KDF.code();
        }

        @Override
        public MemorySegment writeParameters(SegmentAllocator allocator) {
            MemorySegment counterFormat = Native.words(allocator, 2); // little-endian, width
            Native.setWord(counterFormat, 1, WIDTH_BITS);
            MemorySegment lengthFormat = Native.words(allocator, 3); // method, little-endian, width
            Native.setWord(lengthFormat, 0, SUM_OF_KEYS);
            Native.setWord(lengthFormat, 2, WIDTH_BITS);

            MemorySegment data = Native.words(allocator, DATA_PARAMETERS * DATA_PARAMETER_WORDS);
            setData(data, 0, ITERATION_VARIABLE, counterFormat);
            setData(data, 1, BYTE_ARRAY, Native.bytes(allocator, labelAndContext()));
            setData(data, 2, DERIVED_LENGTH, lengthFormat);

            MemorySegment parameters = Native.words(allocator, 5);
            Native.setWord(parameters, 0, MechanismType.AES_CMAC.code());
            Native.setWord(parameters, 1, DATA_PARAMETERS);
            Native.setWord(parameters, 2, data);
            return parameters; // no further keys
        }

        private static void setData(MemorySegment data, int place, long type, MemorySegment value) {
            Native.setWord(data, (long) place * DATA_PARAMETER_WORDS, type);
            Native.setWord(data, (long) place * DATA_PARAMETER_WORDS + 1, value);
            Native.setWord(data, (long) place * DATA_PARAMETER_WORDS + 2, value.byteSize());
        }

        private byte[] labelAndContext() {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocate(bytes.length + 1 + context.length)
                    .put(bytes)
                    .put((byte) 0)
                    .put(context)
                    .array();
        }
    }
}
