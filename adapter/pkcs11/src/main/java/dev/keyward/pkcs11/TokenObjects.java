package dev.keyward.pkcs11;

import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Finds objects by reference and remembers their handles: some tokens read every object to find one. An object is
 * accepted only if it bears both the id and the label of its reference. Belongs to one connection. Thread-safe.
 */
final class TokenObjects {
    /** The classes of objects that references name. */
    enum Kind {
        SECRET_KEY(KeyTemplates.SECRET_KEY_CLASS),
        PRIVATE_KEY(KeyTemplates.PRIVATE_KEY_CLASS),
        PUBLIC_KEY(KeyTemplates.PUBLIC_KEY_CLASS);

        private final long objectClass;

        Kind(long objectClass) {
            this.objectClass = objectClass;
        }

        long objectClass() {
            return objectClass;
        }
    }

    /** What is secret, what some tokens take and do not keep, and what is written in more than one way. */
    private static final Set<AttributeType> NOT_READ_BACK = Set.of(
            AttributeType.VALUE,
            AttributeType.MODULUS_BITS,
            AttributeType.MODULUS,
            AttributeType.PUBLIC_EXPONENT,
            AttributeType.EC_POINT);

    private record Place(MaterialReference reference, Kind kind) {}

    private final ConcurrentMap<Place, Long> handles = new ConcurrentHashMap<>();
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final boolean oneChangeAtATime;

    /** @param oneChangeAtATime whether the token loses its way if objects are sought while others are made */
    TokenObjects(boolean oneChangeAtATime) {
        this.oneChangeAtATime = oneChangeAtATime;
    }

    /** Makes or destroys an object of the token. */
    <T> T change(Supplier<T> action) {
        return locked(changes.writeLock(), action);
    }

    /** Looks for objects of the token. */
    <T> T search(Supplier<T> action) {
        return locked(changes.readLock(), action);
    }

    private <T> T locked(Lock lock, Supplier<T> action) {
        if (!oneChangeAtATime) {
            return action.get();
        }
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Uses an object. If the token no longer knows its handle it is looked up again, once.
     *
     * @throws TokenException with {@link Reason#OBJECT_MISSING} if there is no such object
     */
    <T> T use(Session session, MaterialReference reference, Kind kind, LongFunction<T> action) {
        Place place = new Place(reference, kind);
        Long known = handles.get(place);
        if (known != null) {
            try {
                return action.apply(known);
            } catch (Pkcs11Exception e) {
                if (!saysHandleIsStale(e)) {
                    throw e;
                }
                handles.remove(place, known);
            }
        }
        long found = lookUp(session, reference, kind)
                .orElseThrow(() -> new TokenException(
                        Reason.OBJECT_MISSING,
                        "the token holds no " + kind + " "
                                + ObjectName.of(reference).label()));
        handles.put(place, found);
        return action.apply(found);
    }

    /** Asks the token for an object, whether or not a handle is known. */
    OptionalLong lookUp(Session session, MaterialReference reference, Kind kind) {
        ObjectName name = ObjectName.of(reference);
        Attribute label = new Attribute.Bytes(AttributeType.LABEL, name.labelBytes());
        List<Long> matching = search(() -> session.find(KeyTemplates.search(kind.objectClass(), name)).stream()
                .filter(handle -> session.has(handle, label))
                .toList());
        if (matching.size() > 1) {
            throw new TokenException(
                    Reason.FAILED, "the token holds " + matching.size() + " objects " + name.label() + " of one id");
        }
        return matching.isEmpty() ? OptionalLong.empty() : OptionalLong.of(matching.getFirst());
    }

    /** Whether there is a whole object: a public half alone is what a process left that ended too early. */
    boolean holds(Session session, MaterialReference reference) {
        return lookUp(session, reference, Kind.SECRET_KEY).isPresent()
                || lookUp(session, reference, Kind.PRIVATE_KEY).isPresent();
    }

    /** @throws TokenException with {@link Reason#OBJECT_EXISTS} if there is an object of any kind */
    void requireAbsent(Session session, MaterialReference reference) {
        for (Kind kind : Kind.values()) {
            if (lookUp(session, reference, kind).isPresent()) {
                throw new TokenException(
                        Reason.OBJECT_EXISTS,
                        "the token holds " + ObjectName.of(reference).label() + " already");
            }
        }
    }

    /** Destroys whatever the reference names, and the certificates of that id. */
    void destroy(Session session, MaterialReference reference) {
        for (Kind kind : Kind.values()) {
            change(() -> {
                lookUp(session, reference, kind).ifPresent(handle -> destroyQuietly(session, handle));
                return handles.remove(new Place(reference, kind));
            });
        }
        ObjectName name = ObjectName.of(reference);
        change(() -> {
            List<Long> certificates = session.find(KeyTemplates.search(KeyTemplates.CERTIFICATE_CLASS, name));
            certificates.forEach(handle -> destroyQuietly(session, handle));
            return certificates;
        });
    }

    /**
     * Reads a new object back; if it is not what its template asked for, destroys it.
     *
     * @throws TokenException with {@link Reason#FAILED} that names the attributes
     */
    void verify(Session session, long handle, Template template) {
        try {
            List<AttributeType> unlike = template.attributes().stream()
                    .filter(attribute -> !NOT_READ_BACK.contains(attribute.type()))
                    .filter(attribute -> !(attribute instanceof Attribute.Nested))
                    .filter(attribute -> !session.has(handle, attribute))
                    .map(Attribute::type)
                    .toList();
            if (!unlike.isEmpty()) {
                throw new TokenException(
                        Reason.FAILED, "the token made an object that is not as its template asks: " + unlike);
            }
        } catch (RuntimeException | Error e) {
            destroyQuietly(session, handle);
            throw e;
        }
    }

    /** Destroys an object that may be gone already. */
    static void destroyQuietly(Session session, long handle) {
        try {
            session.destroyObject(handle);
        } catch (Pkcs11Exception e) {
            if (!saysHandleIsStale(e)) {
                throw e;
            }
        }
    }

    static boolean saysHandleIsStale(Pkcs11Exception e) {
        return e.is(
                ReturnValue.OBJECT_HANDLE_INVALID,
                ReturnValue.KEY_HANDLE_INVALID,
                ReturnValue.UNWRAPPING_KEY_HANDLE_INVALID);
    }
}
