package dev.keyward.lifecycle;

import dev.keyward.conformance.token.ReferenceForms;
import dev.keyward.contract.CiphertextForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the vectors of the ciphertext format, from the format's description and without the code that they test. One
 * vector, one thing: each file's name says what is special about it, and its first line what is expected of a reader.
 * Run {@link #main} with the directory to write the files anew after the format has been extended; a vector that has
 * once been published must not change.
 */
final class CiphertextVectors {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MATERIAL =
            HEX.parseHex("00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210");
    private static final String ACCOUNT = "111122223333";
    private static final String KEY = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final byte[] MATERIAL_ID =
            HEX.parseHex("c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00");
    private static final byte[] NONCE = HEX.parseHex("101112131415161718191a1b1c1d1e");
    private static final byte[] IV = HEX.parseHex("202122232425262728292a2b");
    private static final Map<String, String> CONTEXT = Map.of("purpose", "vector", "city", "Zürich");
    private static final byte[] PLAINTEXT = "attack at dawn".getBytes(StandardCharsets.US_ASCII);

    /** What a reader must do with a vector. */
    enum Expected {
        /** Decrypt it. */
        OK,
        /** Refuse it before asking the token: it is no ciphertext of ours. */
        DAMAGED,
        /** Refuse it because the token finds it not authentic. */
        NOT_AUTHENTIC
    }

    private CiphertextVectors() {}

    /** Writes every vector into the directory named by the first argument. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, String> file : all().entrySet()) {
            Files.writeString(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** The text of every vector by the name of its file. */
    static SequencedMap<String, String> all() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (CiphertextForm form : CiphertextForm.values()) {
            String name = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
            byte[] blob = blob(form, CONTEXT, PLAINTEXT);
            files.put("ok-" + name + ".txt", text(Expected.OK, CONTEXT, blob, PLAINTEXT));
            files.put(
                    "ok-" + name + "-without-context.txt",
                    text(Expected.OK, Map.of(), blob(form, Map.of(), PLAINTEXT), PLAINTEXT));
        }
        CiphertextForm form = CiphertextForm.ECB_SUBKEY;
        byte[] blob = blob(form, CONTEXT, PLAINTEXT);
        files.put("ok-empty-plaintext.txt", text(Expected.OK, CONTEXT, blob(form, CONTEXT, new byte[0]), new byte[0]));
        int names = 1;
        int checksum = names + 5 + 16 + 32;
        int nonce = checksum + 4;
        int iv = nonce + form.nonceLengthBytes();
        int ciphertext = iv + CiphertextForm.IV_LENGTH_BYTES;
        files.put("damaged-empty.txt", text(Expected.DAMAGED, CONTEXT, new byte[0], PLAINTEXT));
        files.put("damaged-unknown-version.txt", text(Expected.DAMAGED, CONTEXT, changed(blob, 0), PLAINTEXT));
        files.put("damaged-account.txt", text(Expected.DAMAGED, CONTEXT, changed(blob, names), PLAINTEXT));
        files.put("damaged-key-id.txt", text(Expected.DAMAGED, CONTEXT, changed(blob, names + 5), PLAINTEXT));
        files.put("damaged-material-id.txt", text(Expected.DAMAGED, CONTEXT, changed(blob, names + 21), PLAINTEXT));
        files.put("damaged-checksum.txt", text(Expected.DAMAGED, CONTEXT, changed(blob, checksum), PLAINTEXT));
        files.put(
                "damaged-cut-in-tag.txt",
                text(
                        Expected.DAMAGED,
                        CONTEXT,
                        Arrays.copyOf(blob(form, CONTEXT, new byte[0]), ciphertext + 15),
                        PLAINTEXT));
        files.put("not-authentic-nonce.txt", text(Expected.NOT_AUTHENTIC, CONTEXT, changed(blob, nonce), PLAINTEXT));
        files.put("not-authentic-iv.txt", text(Expected.NOT_AUTHENTIC, CONTEXT, changed(blob, iv), PLAINTEXT));
        files.put(
                "not-authentic-ciphertext.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, changed(blob, ciphertext), PLAINTEXT));
        files.put(
                "not-authentic-tag.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, changed(blob, blob.length - 1), PLAINTEXT));
        files.put(
                "not-authentic-cut.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, Arrays.copyOf(blob, blob.length - 1), PLAINTEXT));
        files.put(
                "not-authentic-extended.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, Arrays.copyOf(blob, blob.length + 1), PLAINTEXT));
        files.put("not-authentic-other-context.txt", text(Expected.NOT_AUTHENTIC, Map.of(), blob, PLAINTEXT));
        files.put(
                "not-authentic-forged-account.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, forged(blob, names + 4, checksum), PLAINTEXT));
        files.put(
                "not-authentic-forged-material-id.txt",
                text(Expected.NOT_AUTHENTIC, CONTEXT, forged(blob, names + 21, checksum), PLAINTEXT));
        return files;
    }

    private static byte[] blob(CiphertextForm form, Map<String, String> context, byte[] plaintext) {
        byte[] nonce = Arrays.copyOf(NONCE, form.nonceLengthBytes());
        byte[] key = ReferenceForms.messageKey(form, MATERIAL, nonce);
        byte[] names = bytes(out -> {
            long account = Long.parseLong(ACCOUNT);
            out.writeByte((int) (account >>> 32));
            out.writeInt((int) account);
            out.writeLong(UUID.fromString(KEY).getMostSignificantBits());
            out.writeLong(UUID.fromString(KEY).getLeastSignificantBits());
            out.write(MATERIAL_ID);
        });
        byte[] header = bytes(out -> {
            out.writeByte(form.code());
            out.write(names);
        });
        CRC32C checksum = new CRC32C();
        checksum.update(header);
        byte[] associatedData = sha256(bytes(out -> {
            out.write("keyward ciphertext 1\0".getBytes(StandardCharsets.US_ASCII));
            out.write(names);
            out.writeInt(context.size());
            for (Map.Entry<String, String> pair : new TreeMap<>(context).entrySet()) {
                for (String part : new String[] {pair.getKey(), pair.getValue()}) {
                    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
            }
        }));
        return bytes(out -> {
            out.write(header);
            out.writeInt((int) checksum.getValue());
            out.write(nonce);
            out.write(IV);
            out.write(gcm(key, associatedData, plaintext));
        });
    }

    private static byte[] changed(byte[] blob, int position) {
        byte[] changed = blob.clone();
        changed[position] ^= (byte) 0x80;
        return changed;
    }

    /** A changed name with a checksum that fits. */
    private static byte[] forged(byte[] blob, int position, int checksumAt) {
        byte[] forged = blob.clone();
        forged[position] ^= 1;
        CRC32C checksum = new CRC32C();
        checksum.update(forged, 0, checksumAt);
        byte[] fitting = bytes(out -> out.writeInt((int) checksum.getValue()));
        System.arraycopy(fitting, 0, forged, checksumAt, fitting.length);
        return forged;
    }

    private static String text(Expected expected, Map<String, String> context, byte[] blob, byte[] plaintext) {
        StringBuilder text = new StringBuilder();
        text.append("expect: ").append(expected).append('\n');
        text.append("material: ").append(HEX.formatHex(MATERIAL)).append('\n');
        new TreeMap<>(context)
                .forEach((key, value) -> text.append("context: ")
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('\n'));
        text.append("plaintext: ").append(HEX.formatHex(plaintext)).append('\n');
        text.append("blob: ").append(HEX.formatHex(blob)).append('\n');
        return text.toString();
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] gcm(byte[] key, byte[] associatedData, byte[] plaintext) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, IV));
            cipher.updateAAD(associatedData);
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
