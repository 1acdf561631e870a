package dev.keyward.pkcs11.raw;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of one PKCS#11 library, each under its own name with C's own arguments. A call that does not answer
 * CKR_OK throws {@link Pkcs11Exception}. Thread-safe as far as the library is.
 *
 * <p>Functions with the same arguments share one method handle, a constant that the JIT compiles down to the call.
 */
@SuppressWarnings("restricted") // native access is what this package is for
public final class Cryptoki {
    private static final MethodHandle POINTER = handle(ADDRESS);
    private static final MethodHandle ULONG = handle(JAVA_LONG);
    private static final MethodHandle BOOLEAN_POINTER_POINTER = handle(JAVA_BYTE, ADDRESS, ADDRESS);
    private static final MethodHandle ULONG_POINTER = handle(JAVA_LONG, ADDRESS);
    private static final MethodHandle ULONG_ULONG = handle(JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ULONG_POINTER_POINTER = handle(JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle ULONG_ULONG_POINTER = handle(JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final MethodHandle ULONG_POINTER_ULONG = handle(JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle ULONG_POINTER_ULONG_POINTER = handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle ULONG_ULONG_POINTER_ULONG = handle(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPEN_SESSION = handle(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle TRANSFORM = handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle VERIFY = handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle COPY_OBJECT = handle(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle GENERATE_KEY = handle(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle GENERATE_KEY_PAIR =
            handle(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle UNWRAP_KEY =
            handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle DERIVE_KEY = handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);

    private final MemorySegment[] functions;
    private final boolean version3;

    /**
     * @param list a CK_FUNCTION_LIST, or a CK_FUNCTION_LIST_3_0
     * @param version3 which of the two
     */
    Cryptoki(MemorySegment list, boolean version3) {
        this.version3 = version3;
        this.functions = new MemorySegment[Function.values().length];
        MemorySegment pointers = list.reinterpret(Native.functionOffset(Function.SESSION_CANCEL.place() + 1));
        for (Function function : Function.values()) {
            functions[index(function)] = function.isOfVersion3() && !version3
                    ? MemorySegment.NULL
                    : pointers.get(ADDRESS, Native.functionOffset(function.place()));
        }
    }

    /** Whether the functions of PKCS#11 3.x are there. */
    public boolean hasVersion3() {
        return version3;
    }

    public void initialize(MemorySegment arguments) {
        call(Function.INITIALIZE, arguments);
    }

    public void terminate() {
        call(Function.FINALIZE, MemorySegment.NULL);
    }

    public void getSlotList(boolean withTokenOnly, MemorySegment slots, MemorySegment count) {
        Function function = Function.GET_SLOT_LIST;
        try {
            check(function, (long) BOOLEAN_POINTER_POINTER.invokeExact(
                    address(function), (byte) (withTokenOnly ? 1 : 0), slots, count));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void getTokenInfo(long slot, MemorySegment info) {
        call(Function.GET_TOKEN_INFO, slot, info);
    }

    public void getMechanismList(long slot, MemorySegment mechanisms, MemorySegment count) {
        Function function = Function.GET_MECHANISM_LIST;
        try {
            check(function, (long) ULONG_POINTER_POINTER.invokeExact(address(function), slot, mechanisms, count));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void getMechanismInfo(long slot, long mechanism, MemorySegment info) {
        call(Function.GET_MECHANISM_INFO, slot, mechanism, info);
    }

    public void initToken(long slot, MemorySegment pin, long pinLength, MemorySegment label) {
        call(Function.INIT_TOKEN, slot, pin, pinLength, label);
    }

    public void initPin(long session, MemorySegment pin, long pinLength) {
        call(Function.INIT_PIN, session, pin, pinLength);
    }

    public void openSession(long slot, long flags, MemorySegment session) {
        Function function = Function.OPEN_SESSION;
        try {
            check(function, (long) OPEN_SESSION.invokeExact(
                    address(function), slot, flags, MemorySegment.NULL, MemorySegment.NULL, session));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void closeSession(long session) {
        call(Function.CLOSE_SESSION, session);
    }

    public void closeAllSessions(long slot) {
        call(Function.CLOSE_ALL_SESSIONS, slot);
    }

    public void getSessionInfo(long session, MemorySegment info) {
        call(Function.GET_SESSION_INFO, session, info);
    }

    public void login(long session, long userType, MemorySegment pin, long pinLength) {
        call(Function.LOGIN, session, userType, pin, pinLength);
    }

    public void logout(long session) {
        call(Function.LOGOUT, session);
    }

    public void createObject(long session, MemorySegment template, long count, MemorySegment object) {
        call(Function.CREATE_OBJECT, session, template, count, object);
    }

    public void copyObject(long session, long object, MemorySegment template, long count, MemorySegment copy) {
        Function function = Function.COPY_OBJECT;
        try {
            check(function, (long) COPY_OBJECT.invokeExact(address(function), session, object, template, count, copy));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void destroyObject(long session, long object) {
        Function function = Function.DESTROY_OBJECT;
        try {
            check(function, (long) ULONG_ULONG.invokeExact(address(function), session, object));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void getAttributeValue(long session, long object, MemorySegment template, long count) {
        call(Function.GET_ATTRIBUTE_VALUE, session, object, template, count);
    }

    public void findObjectsInit(long session, MemorySegment template, long count) {
        call(Function.FIND_OBJECTS_INIT, session, template, count);
    }

    public void findObjects(long session, MemorySegment objects, long maximum, MemorySegment count) {
        call(Function.FIND_OBJECTS, session, objects, maximum, count);
    }

    public void findObjectsFinal(long session) {
        call(Function.FIND_OBJECTS_FINAL, session);
    }

    public void encryptInit(long session, MemorySegment mechanism, long key) {
        call(Function.ENCRYPT_INIT, session, mechanism, key);
    }

    public void encrypt(
            long session, MemorySegment input, long length, MemorySegment output, MemorySegment outputLength) {
        transform(Function.ENCRYPT, session, input, length, output, outputLength);
    }

    public void decryptInit(long session, MemorySegment mechanism, long key) {
        call(Function.DECRYPT_INIT, session, mechanism, key);
    }

    public void decrypt(
            long session, MemorySegment input, long length, MemorySegment output, MemorySegment outputLength) {
        transform(Function.DECRYPT, session, input, length, output, outputLength);
    }

    public void signInit(long session, MemorySegment mechanism, long key) {
        call(Function.SIGN_INIT, session, mechanism, key);
    }

    public void sign(long session, MemorySegment input, long length, MemorySegment output, MemorySegment outputLength) {
        transform(Function.SIGN, session, input, length, output, outputLength);
    }

    public void verifyInit(long session, MemorySegment mechanism, long key) {
        call(Function.VERIFY_INIT, session, mechanism, key);
    }

    public void verify(long session, MemorySegment input, long length, MemorySegment signature, long signatureLength) {
        Function function = Function.VERIFY;
        try {
            check(function, (long)
                    VERIFY.invokeExact(address(function), session, input, length, signature, signatureLength));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void generateKey(
            long session, MemorySegment mechanism, MemorySegment template, long count, MemorySegment key) {
        Function function = Function.GENERATE_KEY;
        try {
            check(function, (long)
                    GENERATE_KEY.invokeExact(address(function), session, mechanism, template, count, key));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void generateKeyPair(
            long session,
            MemorySegment mechanism,
            MemorySegment publicTemplate,
            long publicCount,
            MemorySegment privateTemplate,
            long privateCount,
            MemorySegment publicKey,
            MemorySegment privateKey) {
        Function function = Function.GENERATE_KEY_PAIR;
        try {
            check(function, (long) GENERATE_KEY_PAIR.invokeExact(
                    address(function),
                    session,
                    mechanism,
                    publicTemplate,
                    publicCount,
                    privateTemplate,
                    privateCount,
                    publicKey,
                    privateKey));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void unwrapKey(
            long session,
            MemorySegment mechanism,
            long unwrappingKey,
            MemorySegment wrapped,
            long wrappedLength,
            MemorySegment template,
            long count,
            MemorySegment key) {
        Function function = Function.UNWRAP_KEY;
        try {
            check(function, (long) UNWRAP_KEY.invokeExact(
                    address(function),
                    session,
                    mechanism,
                    unwrappingKey,
                    wrapped,
                    wrappedLength,
                    template,
                    count,
                    key));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void deriveKey(
            long session,
            MemorySegment mechanism,
            long baseKey,
            MemorySegment template,
            long count,
            MemorySegment key) {
        Function function = Function.DERIVE_KEY;
        try {
            check(function, (long)
                    DERIVE_KEY.invokeExact(address(function), session, mechanism, baseKey, template, count, key));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public void generateRandom(long session, MemorySegment bytes, long length) {
        call(Function.GENERATE_RANDOM, session, bytes, length);
    }

    /** Ends whatever operations a session has under way. Only with {@link #hasVersion3()}. */
    public void sessionCancel(long session, long flags) {
        Function function = Function.SESSION_CANCEL;
        try {
            check(function, (long) ULONG_ULONG.invokeExact(address(function), session, flags));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, MemorySegment pointer) {
        try {
            check(function, (long) POINTER.invokeExact(address(function), pointer));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long number) {
        try {
            check(function, (long) ULONG.invokeExact(address(function), number));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long number, MemorySegment pointer) {
        try {
            check(function, (long) ULONG_POINTER.invokeExact(address(function), number, pointer));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long first, long second, MemorySegment pointer) {
        try {
            check(function, (long) ULONG_ULONG_POINTER.invokeExact(address(function), first, second, pointer));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long first, MemorySegment pointer, long second) {
        try {
            check(function, (long) ULONG_POINTER_ULONG.invokeExact(address(function), first, pointer, second));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long first, MemorySegment pointer, long second, MemorySegment last) {
        try {
            check(function, (long)
                    ULONG_POINTER_ULONG_POINTER.invokeExact(address(function), first, pointer, second, last));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void call(Function function, long first, long second, MemorySegment pointer, long third) {
        try {
            check(function, (long)
                    ULONG_ULONG_POINTER_ULONG.invokeExact(address(function), first, second, pointer, third));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private void transform(
            Function function,
            long session,
            MemorySegment input,
            long length,
            MemorySegment output,
            MemorySegment outputLength) {
        try {
            check(function, (long)
                    TRANSFORM.invokeExact(address(function), session, input, length, output, outputLength));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private MemorySegment address(Function function) {
        MemorySegment address = functions[index(function)];
        if (address.address() == 0) {
            throw new Pkcs11Exception(ReturnValue.FUNCTION_NOT_SUPPORTED, function);
        }
        return address;
    }

    @SuppressWarnings("EnumOrdinal") // an array is the quickest map from an enum, and this is the hot path
    private static int index(Function function) {
        return function.ordinal();
    }

    private static void check(Function function, long code) {
        if (code != 0) {
            throw new Pkcs11Exception(new ReturnValue(code), function);
        }
    }

    private static RuntimeException rethrow(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> throw new AssertionError("a foreign call throws nothing of its own", thrown);
        };
    }

    private static MethodHandle handle(MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, arguments));
    }
}
