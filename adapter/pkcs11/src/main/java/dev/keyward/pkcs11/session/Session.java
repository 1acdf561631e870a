package dev.keyward.pkcs11.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Cryptoki;
import dev.keyward.pkcs11.raw.Function;
import dev.keyward.pkcs11.raw.Native;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.raw.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A read-write session with the native memory for its calls, which is overwritten after each. For one thread at a time,
 * lent by {@link SessionPool} or {@link Keeper}. Every method throws {@link Pkcs11Exception} when the token does not
 * answer CKR_OK.
 */
public final class Session implements AutoCloseable {
    private static final long SERIAL_AND_READ_WRITE = 0x4 | 0x2;
    private static final long SCRATCH_BYTES = 16 * 1024;
    private static final long ALL_OPERATIONS =
            0x100 | 0x200 | 0x800 | 0x2000 | 0x40; // encrypt, decrypt, sign, verify, find
    private static final int FIND_BATCH = 64;
    /** CK_SESSION_INFO: slot, state, flags, device error. */
    private static final int SESSION_INFO_WORDS = 4;
    /** CKS_RW_USER_FUNCTIONS. */
    private static final long STATE_USER = 3;

    private final Cryptoki cryptoki;
    private final Scratch scratch = new Scratch(SCRATCH_BYTES);
    private final boolean loginRequired;
    private final long handle;
    private boolean operationMayBeActive;

    private Session(Cryptoki cryptoki, TokenDescription token) {
        this.cryptoki = cryptoki;
        this.loginRequired = token.requiresLogin();
        try {
            MemorySegment opened = Native.words(scratch, 1);
            cryptoki.openSession(token.slot(), SERIAL_AND_READ_WRITE, opened);
            this.handle = Native.word(opened, 0);
            scratch.clear();
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    /** Opens a session with a token. */
    public static Session open(Cryptoki cryptoki, TokenDescription token) {
        return new Session(cryptoki, token);
    }

    /** Logs the application in to the token. */
    public void login(UserType user, byte[] pin) {
        try {
            cryptoki.login(handle, user.code(), Native.bytes(scratch, pin), pin.length);
        } finally {
            scratch.clear();
        }
    }

    /** Sets the user PIN; the security officer must be logged in. */
    public void initPin(byte[] pin) {
        try {
            cryptoki.initPin(handle, Native.bytes(scratch, pin), pin.length);
        } finally {
            scratch.clear();
        }
    }

    /** Logs the application out. */
    public void logout() {
        cryptoki.logout(handle);
    }

    /** Random bytes of the token. */
    public byte[] random(int lengthBytes) {
        try {
            MemorySegment bytes = scratch.allocate(lengthBytes, 1);
            cryptoki.generateRandom(handle, bytes, lengthBytes);
            return bytes.toArray(JAVA_BYTE);
        } finally {
            scratch.clear();
        }
    }

    /** Encrypts at once. */
    public byte[] encrypt(Mechanism mechanism, long key, byte[] plaintext, int maximumLengthBytes) {
        try {
            return encrypt(mechanism.write(scratch), key, plaintext, maximumLengthBytes);
        } finally {
            scratch.clear();
        }
    }

    /** Encrypts at once, with an IV that the token makes and that is put into {@code mechanism}'s array. */
    public byte[] encryptWithTokenIv(Mechanism.AesGcm mechanism, long key, byte[] plaintext, int maximumLengthBytes) {
        try {
            MemorySegment written = mechanism.write(scratch);
            byte[] ciphertext = encrypt(written, key, plaintext, maximumLengthBytes);
            byte[] iv = Mechanism.AesGcm.readIv(written, mechanism.iv().length);
            System.arraycopy(iv, 0, mechanism.iv(), 0, iv.length);
            return ciphertext;
        } finally {
            scratch.clear();
        }
    }

    private byte[] encrypt(MemorySegment mechanism, long key, byte[] plaintext, int maximumLengthBytes) {
        cryptoki.encryptInit(handle, mechanism, key);
        operationMayBeActive = true;
        MemorySegment input = Native.bytes(scratch, plaintext);
        MemorySegment output = scratch.allocate(maximumLengthBytes, 1);
        MemorySegment length = length(maximumLengthBytes);
        cryptoki.encrypt(handle, input, plaintext.length, output, length);
        operationMayBeActive = false;
        return taken(output, length);
    }

    /** Decrypts at once. */
    public byte[] decrypt(Mechanism mechanism, long key, byte[] ciphertext, int maximumLengthBytes) {
        try {
            cryptoki.decryptInit(handle, mechanism.write(scratch), key);
            operationMayBeActive = true;
            MemorySegment input = Native.bytes(scratch, ciphertext);
            MemorySegment output = scratch.allocate(Math.max(1, maximumLengthBytes), 1);
            MemorySegment length = length(maximumLengthBytes);
            cryptoki.decrypt(handle, input, ciphertext.length, output, length);
            operationMayBeActive = false;
            return taken(output, length);
        } finally {
            scratch.clear();
        }
    }

    /** Signs, or computes a MAC, at once. */
    public byte[] sign(Mechanism mechanism, long key, byte[] message, int maximumLengthBytes) {
        try {
            cryptoki.signInit(handle, mechanism.write(scratch), key);
            operationMayBeActive = true;
            MemorySegment input = Native.bytes(scratch, message);
            MemorySegment output = scratch.allocate(maximumLengthBytes, 1);
            MemorySegment length = length(maximumLengthBytes);
            cryptoki.sign(handle, input, message.length, output, length);
            operationMayBeActive = false;
            return taken(output, length);
        } finally {
            scratch.clear();
        }
    }

    /** Whether a signature is of a message. */
    public boolean verify(Mechanism mechanism, long key, byte[] message, byte[] signature) {
        try {
            cryptoki.verifyInit(handle, mechanism.write(scratch), key);
            operationMayBeActive = true;
            cryptoki.verify(
                    handle,
                    Native.bytes(scratch, message),
                    message.length,
                    Native.bytes(scratch, signature),
                    signature.length);
            operationMayBeActive = false;
            return true;
        } catch (Pkcs11Exception e) {
            if (!e.is(ReturnValue.SIGNATURE_INVALID, ReturnValue.SIGNATURE_LEN_RANGE)) {
                throw e;
            }
            operationMayBeActive = false; // C_Verify ends the operation, whatever it finds
            return false;
        } finally {
            scratch.clear();
        }
    }

    /** Generates a secret key; gives its handle. */
    public long generateKey(Mechanism mechanism, Template template) {
        try {
            MemorySegment key = Native.words(scratch, 1);
            cryptoki.generateKey(handle, mechanism.write(scratch), template.write(scratch), template.size(), key);
            return Native.word(key, 0);
        } finally {
            scratch.clear();
        }
    }

    /** The handles of a pair. */
    public record KeyPairHandles(long publicKey, long privateKey) {}

    /** Generates a key pair. */
    public KeyPairHandles generateKeyPair(Mechanism mechanism, Template publicTemplate, Template privateTemplate) {
        try {
            MemorySegment publicKey = Native.words(scratch, 1);
            MemorySegment privateKey = Native.words(scratch, 1);
            cryptoki.generateKeyPair(
                    handle,
                    mechanism.write(scratch),
                    publicTemplate.write(scratch),
                    publicTemplate.size(),
                    privateTemplate.write(scratch),
                    privateTemplate.size(),
                    publicKey,
                    privateKey);
            return new KeyPairHandles(Native.word(publicKey, 0), Native.word(privateKey, 0));
        } finally {
            scratch.clear();
        }
    }

    /** Makes a key out of wrapped bytes; gives its handle. */
    public long unwrapKey(Mechanism mechanism, long unwrappingKey, byte[] wrapped, Template template) {
        try {
            MemorySegment key = Native.words(scratch, 1);
            cryptoki.unwrapKey(
                    handle,
                    mechanism.write(scratch),
                    unwrappingKey,
                    Native.bytes(scratch, wrapped),
                    wrapped.length,
                    template.write(scratch),
                    template.size(),
                    key);
            return Native.word(key, 0);
        } finally {
            scratch.clear();
        }
    }

    /** Derives a key from another; gives its handle. */
    public long deriveKey(Mechanism mechanism, long baseKey, Template template) {
        try {
            MemorySegment key = Native.words(scratch, 1);
            cryptoki.deriveKey(
                    handle, mechanism.write(scratch), baseKey, template.write(scratch), template.size(), key);
            return Native.word(key, 0);
        } finally {
            scratch.clear();
        }
    }

    /** Makes an object out of its attributes; gives its handle. */
    public long createObject(Template template) {
        try {
            MemorySegment object = Native.words(scratch, 1);
            cryptoki.createObject(handle, template.write(scratch), template.size(), object);
            return Native.word(object, 0);
        } finally {
            scratch.clear();
        }
    }

    /** Copies an object, with other values of these attributes; gives the copy's handle. */
    public long copyObject(long object, Template template) {
        try {
            MemorySegment copy = Native.words(scratch, 1);
            cryptoki.copyObject(handle, object, template.write(scratch), template.size(), copy);
            return Native.word(copy, 0);
        } finally {
            scratch.clear();
        }
    }

    public void destroyObject(long object) {
        cryptoki.destroyObject(handle, object);
    }

    /**
     * The handles of all objects that have these attributes. Without a login a token finds no private object and says
     * nothing about it, so this answers CKR_USER_NOT_LOGGED_IN in the token's place.
     */
    public List<Long> find(Template template) {
        try {
            cryptoki.findObjectsInit(handle, template.write(scratch), template.size());
            operationMayBeActive = true;
            List<Long> found = new ArrayList<>();
            MemorySegment batch = Native.words(scratch, FIND_BATCH);
            MemorySegment count = Native.words(scratch, 1);
            do {
                cryptoki.findObjects(handle, batch, FIND_BATCH, count);
                for (long i = 0; i < Native.word(count, 0); i++) {
                    found.add(Native.word(batch, i));
                }
            } while (Native.word(count, 0) > 0);
            cryptoki.findObjectsFinal(handle);
            operationMayBeActive = false;
            requireLogin();
            return found;
        } finally {
            scratch.clear();
        }
    }

    private void requireLogin() {
        MemorySegment info = Native.words(scratch, SESSION_INFO_WORDS);
        cryptoki.getSessionInfo(handle, info);
        if (loginRequired && Native.word(info, 1) != STATE_USER) {
            throw new Pkcs11Exception(ReturnValue.USER_NOT_LOGGED_IN, Function.GET_SESSION_INFO);
        }
    }

    /** The value of an attribute. */
    public byte[] read(long object, AttributeType type) {
        try {
            MemorySegment attribute = Native.words(scratch, 3);
            Native.setWord(attribute, 0, type.code());
            cryptoki.getAttributeValue(handle, object, attribute, 1);
            long length = Native.word(attribute, 2);
            if (length == Native.UNAVAILABLE_INFORMATION) {
                throw new Pkcs11Exception(ReturnValue.ATTRIBUTE_TYPE_INVALID, Function.GET_ATTRIBUTE_VALUE);
            }
            MemorySegment value = scratch.allocate(Math.max(1, length), Native.WORD_BYTES);
            Native.setWord(attribute, 1, value);
            cryptoki.getAttributeValue(handle, object, attribute, 1);
            return value.asSlice(0, Native.word(attribute, 2)).toArray(JAVA_BYTE);
        } finally {
            scratch.clear();
        }
    }

    /** Whether an attribute of the object has just this value. One that the object does not have, has not. */
    public boolean has(long object, Attribute expected) {
        byte[] actual;
        try {
            actual = read(object, expected.type());
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.ATTRIBUTE_TYPE_INVALID, ReturnValue.ATTRIBUTE_SENSITIVE)) {
                return false;
            }
            throw e;
        }
        try {
            return expected.isWrittenAs(actual, scratch);
        } finally {
            scratch.clear();
        }
    }

    /**
     * Ends an operation that a failure may have left active.
     *
     * @return whether the session can be used again
     */
    boolean settle() {
        if (operationMayBeActive && cryptoki.hasVersion3()) {
            try {
                cryptoki.sessionCancel(handle, ALL_OPERATIONS);
                operationMayBeActive = false;
            } catch (Pkcs11Exception e) {
                return false;
            }
        }
        return !operationMayBeActive;
    }

    /** Closes the session, and with it the session objects it made. */
    @Override
    public void close() {
        try {
            cryptoki.closeSession(handle);
        } catch (Pkcs11Exception e) {
            // It was gone already, with all that it held.
        } finally {
            scratch.close();
        }
    }

    private MemorySegment length(long value) {
        MemorySegment length = Native.words(scratch, 1);
        Native.setWord(length, 0, value);
        return length;
    }

    private static byte[] taken(MemorySegment output, MemorySegment length) {
        return output.asSlice(0, Native.word(length, 0)).toArray(JAVA_BYTE);
    }
}
