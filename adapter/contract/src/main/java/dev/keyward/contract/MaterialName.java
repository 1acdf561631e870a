package dev.keyward.contract;

/**
 * What a piece of material is called in a token: the text of its label and the bytes of its id. A name is drawn before
 * the object is made and recorded first, so a crash between the two leaves something to look for. Immutable and
 * thread-safe.
 *
 * @param label {@code keyward:<installation>:<key id>:<material id>}, {@code keyward:<installation>:service:<purpose>:<version>}
 *     or {@code keyward:<installation>:wrapping:<id>}; printable ASCII
 * @param objectId 32 bytes, unique for each object ever made: the random material id for generated material, a fresh
 *     random value for imported material, so that the same bytes imported twice are two objects and destroying the
 *     first can never reach the second
 */
public record MaterialName(String label, MaterialId objectId) {
    /** The start of every label. */
    public static final String PREFIX = "keyward:";

    /** The start of every label that {@code installation} gives. */
    public static String labelPrefix(InstallationId installation) {
        return PREFIX + installation + ":";
    }

    /** The name of a key's material. */
    public static MaterialName ofKey(InstallationId installation, KeyId key, MaterialId material, MaterialId objectId) {
        return new MaterialName(labelPrefix(installation) + key + ":" + material, objectId);
    }

    /** The name of a service key. */
    public static MaterialName ofService(
            InstallationId installation, ServicePurpose purpose, int version, MaterialId objectId) {
        return new MaterialName(labelPrefix(installation) + "service:" + purpose.label() + ":" + version, objectId);
    }

    /** The name of an import wrapping key. */
    public static MaterialName ofWrappingKey(InstallationId installation, String id, MaterialId objectId) {
        return new MaterialName(labelPrefix(installation) + "wrapping:" + id, objectId);
    }
}
