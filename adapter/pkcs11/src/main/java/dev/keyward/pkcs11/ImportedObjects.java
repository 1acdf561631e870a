package dev.keyward.pkcs11;

import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/** Makes long-lived objects out of what came in wrapped, whole or not at all. Stateless. */
final class ImportedObjects {
    /**
     * What an object is to be.
     *
     * @param inToken unwrapped right into the token
     * @param copyable as a session object that is yet to be copied there
     * @param copied what such a copy then is
     */
    record Templates(Template inToken, Template copyable, Template copied) {}

    private ImportedObjects() {}

    /**
     * Makes one.
     *
     * @param unwrap makes an object by a template; gives its handle
     * @param check throws if what was made is not of its spec
     * @return its handle
     */
    static long make(
            Session session,
            TokenObjects objects,
            Templates templates,
            ToLongFunction<Template> unwrap,
            LongConsumer check) {
        long handle;
        try {
            handle = unwrap.applyAsLong(templates.inToken());
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.ATTRIBUTE_READ_ONLY)) {
                return makeByCopy(session, objects, templates, unwrap, check);
            }
            throw e;
        }
        try {
            check.accept(handle);
        } catch (RuntimeException | Error e) {
            TokenObjects.destroyQuietly(session, handle);
            throw e;
        }
        objects.verify(session, handle, templates.inToken());
        return handle;
    }

    /** For SoftHSM, which puts the unwrapped value in after the template, and then holds it to CKA_MODIFIABLE. */
    private static long makeByCopy(
            Session session,
            TokenObjects objects,
            Templates templates,
            ToLongFunction<Template> unwrap,
            LongConsumer check) {
        long passing = unwrap.applyAsLong(templates.copyable());
        try {
            check.accept(passing);
            long copy = session.copyObject(passing, KeyTemplates.copyIntoToken());
            objects.verify(session, copy, templates.copied());
            return copy;
        } finally {
            TokenObjects.destroyQuietly(session, passing);
        }
    }
}
