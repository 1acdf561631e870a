package dev.keyward.engines;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A program with nothing but the JDK and a configuration file of SunPKCS11: uses the keys that Keyward made, by Keyward's notes.
 * It says what it did, and fails if something is not as it should be.
 */
final class PlainProgram {
    private static final int FORM_DIRECT = 3;
    private static final int NAMES_END = 1 + 5 + 16 + 32;
    private static final int IV_START = NAMES_END + 4;
    private static final int IV_END = IV_START + 12;

    private final Provider provider;
    private final KeyStore keys;
    private final Properties notes;

    private PlainProgram(Provider provider, KeyStore keys, Properties notes) {
        this.provider = provider;
        this.keys = keys;
        this.notes = notes;
    }

    /** Takes the configuration file, the file with the PIN, the file of notes, and whose keys to use. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Provider provider = Security.getProvider("SunPKCS11").configure(arguments[0]);
        KeyStore keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, Files.readString(Path.of(arguments[1])).toCharArray());
        Properties notes = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[2]))) {
            notes.load(reader);
        }
        PlainProgram program = new PlainProgram(provider, keys, notes);
        for (String maker : List.of(arguments).subList(3, arguments.length)) {
            program.decrypt(maker);
            program.computeCode(maker);
            program.sign(maker, "rsa", "SHA256withRSA", null);
            program.sign(
                    maker,
                    "rsa",
                    "RSASSA-PSS",
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            program.sign(maker, "ecc", "SHA256withECDSA", null);
        }
    }

    private void decrypt(String maker) throws GeneralSecurityException {
        byte[] blob = noted(maker, "ciphertext");
        require(blob[0] == FORM_DIRECT, "the form is direct");
        MessageDigest associated = MessageDigest.getInstance("SHA-256");
        associated.update("keyward ciphertext 1\0".getBytes(StandardCharsets.US_ASCII));
        associated.update(blob, 1, NAMES_END - 1);
        associated.update(ByteBuffer.allocate(Integer.BYTES).putInt(0).array()); // an empty encryption context
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(
                Cipher.DECRYPT_MODE,
                key(maker, "symmetric"),
                new GCMParameterSpec(128, blob, IV_START, IV_END - IV_START));
        cipher.updateAAD(associated.digest());
        byte[] plaintext = cipher.doFinal(blob, IV_END, blob.length - IV_END);
        require(Arrays.equals(plaintext, Message.bytes()), "it decrypts to the message");
        System.out.println(maker + " decrypted");
    }

    private void computeCode(String maker) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(key(maker, "hmac"));
        require(MessageDigest.isEqual(mac.doFinal(Message.bytes()), noted(maker, "code")), "the code is the same");
        System.out.println(maker + " computed");
    }

    private void sign(String maker, String kind, String algorithm, @Nullable PSSParameterSpec parameters)
            throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm, provider);
        Signature verifier = Signature.getInstance(algorithm);
        if (parameters != null) {
            signer.setParameter(parameters);
            verifier.setParameter(parameters);
        }
        signer.initSign((PrivateKey) key(maker, kind));
        signer.update(Message.bytes());
        byte[] signature = signer.sign();
        verifier.initVerify(KeyFactory.getInstance(kind.equals("rsa") ? "RSA" : "EC")
                .generatePublic(new X509EncodedKeySpec(noted(maker, kind + ".public"))));
        verifier.update(Message.bytes());
        require(verifier.verify(signature), "the signature is the key's");
        System.out.println(maker + " signed by " + algorithm);
    }

    /** Keyward's labels have the key's id in them. */
    private Key key(String maker, String kind) throws GeneralSecurityException {
        String id = notes.getProperty(maker + "." + kind);
        String alias = Collections.list(keys.aliases()).stream()
                .filter(candidate -> candidate.contains(":" + id + ":"))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no key " + maker + "." + kind + " is to be seen"));
        return keys.getKey(alias, null);
    }

    private byte[] noted(String maker, String what) {
        return Base64.getDecoder().decode(notes.getProperty(maker + "." + what));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not true: " + what);
        }
    }
}
