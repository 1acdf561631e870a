package dev.keyward.pkcs11.raw;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#11 library in this process. A library knows only one initialisation for a whole process, so everyone who opens
 * it shares that one, and the last to close ends it. The file itself stays loaded: libraries do not expect to be unloaded.
 * Thread-safe.
 */
@SuppressWarnings("restricted") // native access is what this package is for
public final class Pkcs11Library implements AutoCloseable {
    private static final long OS_LOCKING_OK = 2;
    private static final int ARGUMENTS_WORDS = 7;
    private static final Map<Path, Pkcs11Library> OPEN = new HashMap<>();

    private final Path path;
    private final @Nullable String initialisation;
    private final Cryptoki cryptoki;
    private final boolean ours;
    private int openings;

    private Pkcs11Library(Path path, @Nullable String initialisation) {
        this.path = path;
        this.initialisation = initialisation;
        this.cryptoki = load(path);
        this.ours = initialise();
    }

    /**
     * Loads and initialises a library, or joins those who have it open.
     *
     * @param path its file
     * @param initialisation what goes to it as C_Initialize's pReserved; null for nothing
     * @throws IllegalArgumentException if the file is no PKCS#11 library, or the library is already open with another
     *     initialisation
     * @throws Pkcs11Exception if it does not initialise
     */
    public static Pkcs11Library open(Path path, @Nullable String initialisation) {
        Path file = real(path);
        synchronized (OPEN) {
            Pkcs11Library library = OPEN.get(file);
            if (library == null) {
                library = new Pkcs11Library(file, initialisation);
                OPEN.put(file, library);
            } else if (!Objects.equals(library.initialisation, initialisation)) {
                throw new IllegalArgumentException(
                        path + " is open in this process with another initialisation string: it can have only one");
            }
            library.openings++;
            return library;
        }
    }

    /** Its functions. */
    public Cryptoki cryptoki() {
        return cryptoki;
    }

    /** Its file. */
    public Path path() {
        return path;
    }

    /** Counts one opening less; the last one ends the library, unless somebody else had begun it. */
    @Override
    public void close() {
        synchronized (OPEN) {
            openings--;
            if (openings == 0) {
                OPEN.remove(path);
                if (ours) {
                    cryptoki.terminate();
                }
            }
        }
    }

    private boolean initialise() {
        try (Arena arena = Arena.ofConfined()) {
            // CK_C_INITIALIZE_ARGS: four mutex functions, flags, pReserved. NSS reads one more word, which must be
            // null.
            MemorySegment arguments = Native.words(arena, ARGUMENTS_WORDS);
            Native.setWord(arguments, 4, OS_LOCKING_OK);
            if (initialisation != null) {
                Native.setWord(arguments, 5, arena.allocateFrom(initialisation));
            }
            cryptoki.initialize(arguments);
            return true;
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.CRYPTOKI_ALREADY_INITIALIZED)) {
                return false;
            }
            throw e;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no library " + path, e);
        }
    }

    private static Cryptoki load(Path path) {
        Native.requirePlatform();
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(path, Arena.global());
            return version3List(symbols)
                    .map(list -> new Cryptoki(list, true))
                    .orElseGet(() -> new Cryptoki(version2List(path, symbols), false));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot load " + path + ": " + e.getMessage(), e);
        }
    }

    /** The library's default interface, if it is "PKCS 11" of version 3. */
    private static Optional<MemorySegment> version3List(SymbolLookup symbols) {
        return symbols.find("C_GetInterface").flatMap(address -> {
            MethodHandle getInterface = Linker.nativeLinker()
                    .downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found = arena.allocate(ADDRESS);
                MemorySegment name = arena.allocateFrom("PKCS 11");
                MemorySegment version = arena.allocateFrom(JAVA_BYTE, (byte) 3, (byte) 0);
                long answer = (long) getInterface.invokeExact(name, version, found, 0L);
                if (answer != 0) {
                    return Optional.empty();
                }
                // CK_INTERFACE: name, function list, flags
                MemorySegment list =
                        found.get(ADDRESS, 0).reinterpret(3 * Native.WORD_BYTES).get(ADDRESS, Native.WORD_BYTES);
                return Optional.of(list);
            } catch (Throwable e) {
                throw new IllegalArgumentException("its C_GetInterface failed", e);
            }
        });
    }

    private static MemorySegment version2List(Path path, SymbolLookup symbols) {
        MemorySegment address = symbols.find("C_GetFunctionList")
                .orElseThrow(() -> new IllegalArgumentException(path + " has no C_GetFunctionList"));
        MethodHandle getFunctionList =
                Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(ADDRESS);
            long answer = (long) getFunctionList.invokeExact(list);
            if (answer != 0) {
                throw new IllegalArgumentException("C_GetFunctionList answered " + new ReturnValue(answer));
            }
            return list.get(ADDRESS, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a foreign call throws nothing of its own", e);
        }
    }
}
