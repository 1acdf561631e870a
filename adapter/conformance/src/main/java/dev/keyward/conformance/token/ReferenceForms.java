package dev.keyward.conformance.token;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.MaterialId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * How a subkey follows from material and nonce, and an imported material's id from its bytes: written down once more, in
 * software, so that what a token made can be checked byte by byte.
 */
public final class ReferenceForms {
    /** What a subkey is for; nothing derived for one purpose equals anything derived for another. */
    enum Purpose {
        MESSAGES(0),
        IDENTIFICATION(1);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }
    }

    private static final byte[] LABEL = "keyward subkey".getBytes(StandardCharsets.US_ASCII);
    private static final String IDENTIFICATION = "keyward material id";
    private static final int COUNTER_BITS = 32;
    private static final int SUBKEY_LENGTH_BYTES = 32;

    private ReferenceForms() {}

    /** The key that encrypts messages of that form. */
    public static byte[] messageKey(CiphertextForm form, byte[] material, byte[] nonce) {
        return form == CiphertextForm.DIRECT ? material.clone() : subkey(form, material, Purpose.MESSAGES, nonce);
    }

    /**
     * The id of an imported secret key: two MACs over texts that differ in their first byte. AES keys have CMACs under a
     * subkey of their own, HMAC keys codes of their own over the text and as many zeros as the longest message has bytes.
     */
    public static MaterialId identify(CiphertextForm form, KeySpec spec, byte[] material, KeyId key) {
        byte[] text = identification(key);
        if (spec.type() == KeyType.HMAC) {
            Digest digest = switch (spec.lengthBits()) {
                case 224 -> new SHA224Digest();
                case 256 -> SHA256Digest.newInstance();
                case 384 -> new SHA384Digest();
                default -> new SHA512Digest();
            };
            return identify(new HMac(digest), material, Arrays.copyOf(text, text.length + 4096));
        }
        byte[] subkey = subkey(form, material, Purpose.IDENTIFICATION, new byte[form.nonceLengthBytes()]);
        return identify(new CMac(AESEngine.newInstance()), subkey, text);
    }

    /** The id of an imported pair, by its public half as a SubjectPublicKeyInfo. */
    public static MaterialId identify(byte[] publicKey, KeyId key) {
        byte[] text = identification(key);
        byte[] id = new byte[MaterialId.LENGTH_BYTES];
        Digest digest = SHA256Digest.newInstance();
        digest.update(text, 0, text.length);
        digest.update(publicKey, 0, publicKey.length);
        digest.doFinal(id, 0);
        return MaterialId.of(id);
    }

    private static MaterialId identify(Mac mac, byte[] macKey, byte[] text) {
        ByteBuffer id = ByteBuffer.allocate(MaterialId.LENGTH_BYTES);
        for (byte half = 1; half <= 2; half++) {
            mac.init(new KeyParameter(macKey));
            mac.update(half);
            mac.update(text, 0, text.length);
            byte[] tag = new byte[mac.getMacSize()];
            mac.doFinal(tag, 0);
            id.put(tag, 0, MaterialId.LENGTH_BYTES / 2);
        }
        return MaterialId.of(id.array());
    }

    private static byte[] identification(KeyId key) {
        return (IDENTIFICATION + ":" + key).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] subkey(CiphertextForm form, byte[] material, Purpose purpose, byte[] nonce) {
        return switch (form) {
            case SP800_108_SUBKEY -> counterModeSubkey(material, purpose, nonce);
            case ECB_SUBKEY -> ecbSubkey(material, purpose, nonce);
            case DIRECT -> throw new IllegalArgumentException("the direct form has no subkey");
        };
    }

    /** SP 800-108, 4.1: PRF(material, counter || label || 0 || purpose || nonce || length in bits). */
    private static byte[] counterModeSubkey(byte[] material, Purpose purpose, byte[] nonce) {
        byte[] fixed = ByteBuffer.allocate(LABEL.length + 1 + 1 + nonce.length + Integer.BYTES)
                .put(LABEL)
                .put((byte) 0)
                .put((byte) purpose.code)
                .put(nonce)
                .putInt(SUBKEY_LENGTH_BYTES * Byte.SIZE)
                .array();
        KDFCounterBytesGenerator generator = new KDFCounterBytesGenerator(new CMac(AESEngine.newInstance()));
        generator.init(new KDFCounterParameters(material, fixed, COUNTER_BITS));
        byte[] subkey = new byte[SUBKEY_LENGTH_BYTES];
        generator.generateBytes(subkey, 0, subkey.length);
        return subkey;
    }

    /** Two blocks, encrypted: (purpose, 1) || nonce and (purpose, 2) || nonce, purpose and number sharing a byte. */
    private static byte[] ecbSubkey(byte[] material, Purpose purpose, byte[] nonce) {
        BlockCipher cipher = AESEngine.newInstance();
        cipher.init(true, new KeyParameter(material));
        byte[] subkey = new byte[SUBKEY_LENGTH_BYTES];
        for (int number = 1; number <= 2; number++) {
            byte[] block = ByteBuffer.allocate(cipher.getBlockSize())
                    .put((byte) (purpose.code << 4 | number))
                    .put(nonce)
                    .array();
            cipher.processBlock(block, 0, subkey, (number - 1) * block.length);
        }
        return subkey;
    }
}
