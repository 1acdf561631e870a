package dev.keyward.pkcs11.raw;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * The environment that native libraries of this process read with getenv. Java's own copy ({@link System#getenv}) is
 * taken at start and does not change. Set before a library is loaded and from one thread: POSIX does not make setenv safe
 * beside a getenv in another thread.
 */
@SuppressWarnings("restricted") // native access is what this package is for
public final class NativeEnvironment {
    private static final MethodHandle SETENV = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("setenv"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final int OVERWRITE = 1;

    private NativeEnvironment() {}

    /** Sets a variable, whether or not it was set before. */
    public static synchronized void set(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            int answer = (int) SETENV.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), OVERWRITE);
            if (answer != 0) {
                throw new IllegalArgumentException("setenv refused the variable " + name);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a foreign call throws nothing of its own", e);
        }
    }
}
