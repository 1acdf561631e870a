package dev.keyward.pkcs11;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Secret keys that come in wrapped. Each is named by two MACs over texts that differ in their first byte: AES keys by CMACs
 * under a subkey of their own, HMAC keys by codes of their own of a text that is too long to be anybody's message.
 * Thread-safe.
 */
final class ImportedSecretKeys {
    private static final int HALF_LENGTH_BYTES = MaterialId.LENGTH_BYTES / 2;

    private final KeyTemplates templates;
    private final TokenObjects objects;
    private final Unwrapping unwrapping;
    private final DerivationChoice derivations;

    ImportedSecretKeys(
            KeyTemplates templates, TokenObjects objects, Unwrapping unwrapping, DerivationChoice derivations) {
        this.templates = templates;
        this.objects = objects;
        this.unwrapping = unwrapping;
        this.derivations = derivations;
    }

    MaterialId identify(Session session, WrappedMaterial material, KeyId key) {
        KeySpec spec = material.spec();
        long handle = unwrapping.unwrap(
                session,
                material,
                spec.type() == KeyType.AES
                        ? aesKey(spec.materialLengthBytes(), AttributeType.DERIVE)
                        : secret(spec.materialLengthBytes()));
        try {
            requireLength(session, handle, material);
            return spec.type() == KeyType.AES
                    ? identifyAesKey(session, handle, key)
                    : identifyMacKey(session, handle, spec, key);
        } finally {
            TokenObjects.destroyQuietly(session, handle);
        }
    }

    void make(Session session, WrappedMaterial material, ObjectName name) {
        KeySpec spec = material.spec();
        long handle = ImportedObjects.make(
                session,
                objects,
                new ImportedObjects.Templates(
                        templates.unwrappedSecretKey(name, spec),
                        templates.copyableSecretKey(name, spec),
                        templates.copiedSecretKey(name, spec)),
                template -> unwrapping.unwrap(
                        session,
                        material,
                        new UnwrapTarget.SecretKey(
                                template,
                                value -> templates.createdSecretKey(name, spec, value),
                                spec.materialLengthBytes())),
                made -> requireLength(session, made, material));
        assert handle != 0;
    }

    private MaterialId identifyAesKey(Session session, long material, KeyId key) {
        SubkeyDerivation derivation = derivations.forEncryption().orElseThrow();
        byte[] nonce = new byte[derivation.form().nonceLengthBytes()];
        long subkey = session.deriveKey(
                derivation.mechanism(SubkeyDerivation.Purpose.IDENTIFICATION, nonce),
                material,
                templates.subkey(SubkeyDerivation.LENGTH_BYTES, AttributeType.SIGN));
        try {
            byte[] text = Importing.identification(key);
            return identify(session, MechanismType.AES_CMAC, subkey, HALF_LENGTH_BYTES, text);
        } finally {
            TokenObjects.destroyQuietly(session, subkey);
        }
    }

    private static MaterialId identifyMacKey(Session session, long material, KeySpec spec, KeyId key) {
        MechanismType mechanism = KeyMechanisms.of(spec.algorithms()).getFirst();
        byte[] text = Importing.identification(key);
        byte[] tooLong = Arrays.copyOf(text, MacAlgorithm.MAXIMUM_MESSAGE_BYTES + text.length);
        return identify(session, mechanism, material, spec.materialLengthBytes(), tooLong);
    }

    private static MaterialId identify(
            Session session, MechanismType mechanism, long key, int macLengthBytes, byte[] text) {
        ByteBuffer id = ByteBuffer.allocate(MaterialId.LENGTH_BYTES);
        for (byte half = 1; half <= 2; half++) {
            byte[] message =
                    ByteBuffer.allocate(1 + text.length).put(half).put(text).array();
            id.put(session.sign(new Mechanism.Plain(mechanism), key, message, macLengthBytes), 0, HALF_LENGTH_BYTES);
        }
        return MaterialId.of(id.array());
    }

    private void requireLength(Session session, long handle, WrappedMaterial material) {
        if (unwrapping.knowsLength(material)) {
            return;
        }
        int lengthBytes = material.spec().materialLengthBytes();
        long told = told(session, handle);
        boolean right = told != 0 ? told == lengthBytes : isOfLength(session, material);
        if (!right) {
            throw Unwrapping.failure(null);
        }
    }

    /** What the token says of an object's length; 0 if it does not say. */
    private static long told(Session session, long handle) {
        try {
            byte[] value = session.read(handle, AttributeType.VALUE_LEN);
            return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong();
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.ATTRIBUTE_TYPE_INVALID)) {
                return 0;
            }
            throw e;
        }
    }

    private boolean isOfLength(Session session, WrappedMaterial material) {
        int lengthBytes = material.spec().materialLengthBytes();
        return new MaterialLength(session, templates)
                .is(
                        lengthBytes,
                        () -> unwrapping.unwrap(session, material, secret(lengthBytes)),
                        () -> unwrapping.unwrap(session, material, aesKey(lengthBytes, AttributeType.ENCRYPT)));
    }

    private UnwrapTarget aesKey(int lengthBytes, AttributeType usage) {
        return new UnwrapTarget.SecretKey(
                templates.passingKey(usage), value -> templates.passingKey(value, usage), lengthBytes);
    }

    private UnwrapTarget secret(int lengthBytes) {
        return new UnwrapTarget.SecretKey(templates.passingSecret(), templates::passingSecret, lengthBytes);
    }
}
