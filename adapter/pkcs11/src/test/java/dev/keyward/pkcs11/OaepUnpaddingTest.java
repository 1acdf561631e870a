package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.OaepHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bouncy Castle's OAEP around an RSA that does nothing is the oracle. */
class OaepUnpaddingTest {
    private static final int MODULUS_BYTES = 256;
    private static final int MATERIAL_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Property(tries = 300)
    void findsTheMessage(
            @ForAll OaepHash hash, @ForAll @IntRange(min = 0, max = 190) int lengthBytes, @ForAll byte filler) {
        byte[] message = new byte[lengthBytes];
        Arrays.fill(message, filler);

        assertThat(OaepUnpadding.unpad(padded(hash, message), hash, lengthBytes))
                .isEqualTo(message);
    }

    @Property(tries = 1000)
    void agreesWithBouncyCastleAboutDamage(
            @ForAll OaepHash hash,
            @ForAll @IntRange(min = 0, max = MODULUS_BYTES - 1) int place,
            @ForAll byte difference) {
        byte[] encoded = padded(hash, random(MATERIAL_BYTES));
        encoded[place] ^= difference;

        assertThat(unpad(encoded.clone(), hash)).isEqualTo(oracle(encoded, hash));
    }

    /** Every place of the block inside the mask, where the kinds of damage can be told apart: all look the same. */
    @ParameterizedTest
    @EnumSource(OaepHash.class)
    void refusesDamageAtEveryPlaceInTheSameWay(OaepHash hash) {
        for (int place = 0; place < MODULUS_BYTES; place++) {
            byte[] encoded = padded(hash, random(MATERIAL_BYTES));
            encoded[place] ^= 1;
            assertThatThrownBy(() -> OaepUnpadding.unpad(encoded, hash, MATERIAL_BYTES))
                    .isInstanceOfSatisfying(
                            TokenException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNWRAP_FAILED))
                    .hasMessage("the wrapped material could not be unwrapped");
        }
    }

    @ParameterizedTest
    @EnumSource(OaepHash.class)
    void refusesOtherLengths(OaepHash hash) {
        for (int lengthBytes : new int[] {0, 16, 31, 33, 64}) {
            assertThat(unpad(padded(hash, random(lengthBytes)), hash)).isEmpty();
        }
        assertThat(OaepUnpadding.unpad(padded(hash, random(24)), hash, 16, 24, 32))
                .hasSize(24);
    }

    @Test
    void refusesABlockWithoutSeparator() {
        assertThat(unpad(new byte[MODULUS_BYTES], OaepHash.SHA_1)).isEmpty();
    }

    @Test
    void overwritesWhatItWasGiven() {
        byte[] encoded = padded(OaepHash.SHA_256, random(MATERIAL_BYTES));

        OaepUnpadding.unpad(encoded, OaepHash.SHA_256, MATERIAL_BYTES);

        assertThat(encoded).containsOnly(0);
    }

    private static Optional<List<Byte>> unpad(byte[] encoded, OaepHash hash) {
        try {
            return Optional.of(list(OaepUnpadding.unpad(encoded, hash, MATERIAL_BYTES)));
        } catch (TokenException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Byte>> oracle(byte[] encoded, OaepHash hash) {
        if (encoded[0] != 0) {
            return Optional.empty(); // the oracle strips the first byte without looking at it
        }
        OAEPEncoding encoding = new OAEPEncoding(new NoRsa(), digest(hash));
        encoding.init(false, new ParametersWithRandom(new NoKey(), RANDOM));
        try {
            byte[] message = encoding.processBlock(encoded, 1, encoded.length - 1);
            return message.length == MATERIAL_BYTES ? Optional.of(list(message)) : Optional.empty();
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private static byte[] padded(OaepHash hash, byte[] message) {
        OAEPEncoding encoding = new OAEPEncoding(new NoRsa(), digest(hash));
        encoding.init(true, new ParametersWithRandom(new NoKey(), RANDOM));
        try {
            byte[] block = encoding.processBlock(message, 0, message.length);
            byte[] encoded = new byte[MODULUS_BYTES];
            System.arraycopy(block, 0, encoded, MODULUS_BYTES - block.length, block.length);
            return encoded;
        } catch (InvalidCipherTextException e) {
            throw new AssertionError(e);
        }
    }

    private static Digest digest(OaepHash hash) {
        return switch (hash) {
            case SHA_1 -> new SHA1Digest();
            case SHA_256 -> SHA256Digest.newInstance();
        };
    }

    private static byte[] random(int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte value : bytes) {
            list.add(value);
        }
        return list;
    }

    private static final class NoKey implements CipherParameters {}

    private static final class NoRsa implements AsymmetricBlockCipher {
        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {}

        @Override
        public int getInputBlockSize() {
            return MODULUS_BYTES - 1;
        }

        @Override
        public int getOutputBlockSize() {
            return MODULUS_BYTES - 1;
        }

        @Override
        public byte[] processBlock(byte[] block, int offset, int length) {
            return Arrays.copyOfRange(block, offset, offset + length);
        }
    }
}
