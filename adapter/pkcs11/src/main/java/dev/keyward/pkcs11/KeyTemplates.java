package dev.keyward.pkcs11;

import static dev.keyward.pkcs11.mechanism.AttributeType.ALLOWED_MECHANISMS;
import static dev.keyward.pkcs11.mechanism.AttributeType.CERTIFICATE_TYPE;
import static dev.keyward.pkcs11.mechanism.AttributeType.CLASS;
import static dev.keyward.pkcs11.mechanism.AttributeType.COPYABLE;
import static dev.keyward.pkcs11.mechanism.AttributeType.DECRYPT;
import static dev.keyward.pkcs11.mechanism.AttributeType.DERIVE;
import static dev.keyward.pkcs11.mechanism.AttributeType.ENCRYPT;
import static dev.keyward.pkcs11.mechanism.AttributeType.EXTRACTABLE;
import static dev.keyward.pkcs11.mechanism.AttributeType.ID;
import static dev.keyward.pkcs11.mechanism.AttributeType.ISSUER;
import static dev.keyward.pkcs11.mechanism.AttributeType.KEY_TYPE;
import static dev.keyward.pkcs11.mechanism.AttributeType.LABEL;
import static dev.keyward.pkcs11.mechanism.AttributeType.MODIFIABLE;
import static dev.keyward.pkcs11.mechanism.AttributeType.MODULUS_BITS;
import static dev.keyward.pkcs11.mechanism.AttributeType.PRIVATE;
import static dev.keyward.pkcs11.mechanism.AttributeType.PUBLIC_EXPONENT;
import static dev.keyward.pkcs11.mechanism.AttributeType.SENSITIVE;
import static dev.keyward.pkcs11.mechanism.AttributeType.SERIAL_NUMBER;
import static dev.keyward.pkcs11.mechanism.AttributeType.SIGN;
import static dev.keyward.pkcs11.mechanism.AttributeType.SIGN_RECOVER;
import static dev.keyward.pkcs11.mechanism.AttributeType.SUBJECT;
import static dev.keyward.pkcs11.mechanism.AttributeType.TOKEN;
import static dev.keyward.pkcs11.mechanism.AttributeType.UNWRAP;
import static dev.keyward.pkcs11.mechanism.AttributeType.UNWRAP_TEMPLATE;
import static dev.keyward.pkcs11.mechanism.AttributeType.VALUE;
import static dev.keyward.pkcs11.mechanism.AttributeType.VALUE_LEN;
import static dev.keyward.pkcs11.mechanism.AttributeType.VERIFY;
import static dev.keyward.pkcs11.mechanism.AttributeType.VERIFY_RECOVER;
import static dev.keyward.pkcs11.mechanism.AttributeType.WRAP;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.ObjectName;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.profile.HsmProfile;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The templates of every object that Keyward makes. Each states every boolean attribute, since on some tokens what is not
 * said is allowed. Immutable and thread-safe.
 */
final class KeyTemplates {
    static final long CERTIFICATE_CLASS = 1;
    static final long SECRET_KEY_CLASS = 4;
    static final long PRIVATE_KEY_CLASS = 3;
    static final long PUBLIC_KEY_CLASS = 2;
    private static final long X_509 = 0;
    private static final long GENERIC_SECRET = 0x10;
    private static final long AES = 0x1F;
    static final long RSA = 0;
    static final long EC = 3;
    private static final long EC_EDWARDS = 0x40;
    private static final byte[] F4 = {1, 0, 1};
    private static final AttributeType[] SECRET_KEY_USAGES = {ENCRYPT, DECRYPT, SIGN, VERIFY, WRAP, UNWRAP, DERIVE};
    private static final AttributeType[] PRIVATE_KEY_USAGES = {DECRYPT, SIGN, SIGN_RECOVER, UNWRAP, DERIVE};
    private static final AttributeType[] PUBLIC_KEY_USAGES = {ENCRYPT, VERIFY, VERIFY_RECOVER, WRAP, DERIVE};

    private final HsmProfile profile;

    KeyTemplates(HsmProfile profile) {
        this.profile = profile;
    }

    /** Finds every key of a class with that id. */
    static Template search(long objectClass, ObjectName name) {
        return Template.builder()
                .number(CLASS, objectClass)
                .flags(true, TOKEN)
                .bytes(ID, name.id())
                .build();
    }

    /** Finds every key of a class. */
    static Template search(long objectClass) {
        return Template.builder().number(CLASS, objectClass).flags(true, TOKEN).build();
    }

    /** A long-lived secret key, generated. */
    Template generatedSecretKey(ObjectName name, KeySpec spec) {
        return finished(secretKey(true, name, spec).number(VALUE_LEN, spec.materialLengthBytes()));
    }

    /** The same, unwrapped in the token. */
    Template unwrappedSecretKey(ObjectName name, KeySpec spec) {
        return finished(secretKey(true, name, spec));
    }

    /** The same as a session object that is yet to be copied into the token. */
    Template copyableSecretKey(ObjectName name, KeySpec spec) {
        return finished(secretKey(false, name, spec).flags(true, COPYABLE));
    }

    /** What distinguishes the copy. Its being copyable cannot be taken away, but what is not modifiable is not copied. */
    static Template copyIntoToken() {
        return Template.builder().flags(true, TOKEN).flags(false, MODIFIABLE).build();
    }

    /** What such a copy then is. */
    Template copiedSecretKey(ObjectName name, KeySpec spec) {
        return finished(secretKey(true, name, spec).without(Set.of(COPYABLE)));
    }

    /** A long-lived secret key whose padding the host took off; {@code value} is overwritten by whoever made it. */
    Template createdSecretKey(ObjectName name, KeySpec spec, byte[] value) {
        return finished(secretKey(true, name, spec).bytes(VALUE, value));
    }

    /** A session object that is an AES key: imported material for a moment, or a subkey. */
    Template passingKey(AttributeType... usages) {
        return finished(secretKey(false, AES, usages));
    }

    /** The same, out of bytes; they are overwritten by whoever made them. */
    Template passingKey(byte[] value, AttributeType... usages) {
        return finished(secretKey(false, AES, usages).bytes(VALUE, value));
    }

    /** A working key derived from another. */
    Template subkey(int lengthBytes, AttributeType... usages) {
        return finished(secretKey(false, AES, usages).number(VALUE_LEN, lengthBytes));
    }

    /** A session object that is no more than bytes, for an HMAC. */
    Template passingSecret() {
        return finished(secretKey(false, GENERIC_SECRET, SIGN));
    }

    /** The same, out of bytes. */
    Template passingSecret(byte[] value) {
        return finished(secretKey(false, GENERIC_SECRET, SIGN).bytes(VALUE, value));
    }

    /** A session object that is a shared secret, to be read and destroyed: it is for a client. */
    Template sharedSecret(int lengthBytes) {
        return finished(secretKey(false, GENERIC_SECRET)
                .flags(false, SENSITIVE)
                .flags(true, EXTRACTABLE)
                .number(VALUE_LEN, lengthBytes));
    }

    private Template.Builder secretKey(boolean inToken, ObjectName name, KeySpec spec) {
        Template.Builder template = switch (spec.type()) {
            case AES -> dataKey(inToken);
            case HMAC -> macKey(inToken, spec);
            case RSA, ELLIPTIC_CURVE, EDWARDS_CURVE ->
                throw new IllegalArgumentException(spec + " is no spec of secret keys");
        };
        return template.bytes(ID, name.id()).bytes(LABEL, name.labelBytes());
    }

    /** Where the token can derive, a data key may do just that; else encrypt and decrypt. */
    private Template.Builder dataKey(boolean inToken) {
        return switch (profile.derivation()) {
            case NONE -> allow(secretKey(inToken, AES, ENCRYPT, DECRYPT), List.of(MechanismType.AES_GCM));
            case SP800_108_CMAC -> allow(secretKey(inToken, AES, DERIVE), List.of(MechanismType.SP800_108_COUNTER_KDF));
            case ECB_ENCRYPT_DATA ->
                allow(secretKey(inToken, AES, DERIVE), List.of(MechanismType.AES_ECB_ENCRYPT_DATA));
        };
    }

    /** It computes codes and no more: a code is verified by computing it again. */
    private Template.Builder macKey(boolean inToken, KeySpec spec) {
        return allow(secretKey(inToken, GENERIC_SECRET, SIGN), KeyMechanisms.of(spec.algorithms()));
    }

    /** The private half of a long-lived pair, good for one usage: generated, or unwrapped in the token. */
    Template privateKey(ObjectName name, KeySpec spec, KeyUsage usage) {
        return finishedPrivate(privateKey(true, name, spec, usage));
    }

    /** The same as a session object that is yet to be copied into the token. */
    Template copyablePrivateKey(ObjectName name, KeySpec spec, KeyUsage usage) {
        return finishedPrivate(privateKey(false, name, spec, usage).flags(true, COPYABLE));
    }

    /** What such a copy then is. */
    Template copiedPrivateKey(ObjectName name, KeySpec spec, KeyUsage usage) {
        return finishedPrivate(privateKey(true, name, spec, usage).without(Set.of(COPYABLE)));
    }

    /** A session object that is an imported private key for a moment. */
    Template passingPrivateKey(KeySpec spec, AttributeType... usages) {
        return finishedPrivate(privateKey(false, spec).flags(true, usages));
    }

    private Template.Builder privateKey(boolean inToken, ObjectName name, KeySpec spec, KeyUsage usage) {
        Template.Builder template = privateKey(inToken, spec)
                .flags(true, privateUse(usage))
                .bytes(ID, name.id())
                .bytes(LABEL, name.labelBytes());
        List<MechanismType> mechanisms = new ArrayList<>(KeyMechanisms.of(spec.algorithms(usage)));
        if (usage == KeyUsage.ENCRYPT_DECRYPT && profile.oaep().hostUnpadding()) {
            mechanisms.add(MechanismType.RSA_X_509);
        }
        return allow(template, mechanisms);
    }

    private static Template.Builder privateKey(boolean inToken, KeySpec spec) {
        return strict(inToken)
                .number(CLASS, PRIVATE_KEY_CLASS)
                .number(KEY_TYPE, keyType(spec))
                .flags(false, PRIVATE_KEY_USAGES);
    }

    /** The public half of a pair that is generated. */
    Template publicKey(ObjectName name, KeySpec spec, KeyUsage usage) {
        return finishedPublic(publicKeyBeside(name, spec, usage)
                .addAll(spec.curve()
                        .<List<Attribute>>map(curve -> List.of(PublicKeyValue.curve(curve)))
                        .orElseGet(() -> List.of(
                                new Attribute.Ulong(MODULUS_BITS, spec.lengthBits()),
                                new Attribute.Bytes(PUBLIC_EXPONENT, F4)))));
    }

    /** The public half of a pair whose private half came in wrapped. */
    Template createdPublicKey(ObjectName name, KeySpec spec, KeyUsage usage, PublicKeyValue value) {
        return finishedPublic(publicKeyBeside(name, spec, usage).addAll(value.attributes()));
    }

    /** A public key that verifies for a moment. */
    Template passingPublicKey(PublicKeyValue value) {
        return finishedPublic(Template.builder()
                .number(CLASS, PUBLIC_KEY_CLASS)
                .number(KEY_TYPE, value.keyType())
                .flags(false, TOKEN, PRIVATE)
                .flags(false, PUBLIC_KEY_USAGES)
                .flags(true, VERIFY)
                .addAll(value.attributes()));
    }

    /**
     * A public half that stays beside its private one. Where the token lets it be private, nobody who has not logged in can
     * put another in its place.
     */
    private Template.Builder publicKeyBeside(ObjectName name, KeySpec spec, KeyUsage usage) {
        return Template.builder()
                .number(CLASS, PUBLIC_KEY_CLASS)
                .number(KEY_TYPE, keyType(spec))
                .flags(true, TOKEN)
                .flags(profile.keepsPublicKeysPrivate(), PRIVATE)
                .flags(false, MODIFIABLE)
                .flags(false, PUBLIC_KEY_USAGES)
                .flags(usage == KeyUsage.SIGN_VERIFY, VERIFY)
                .flags(usage == KeyUsage.ENCRYPT_DECRYPT, ENCRYPT) // NSS tries whether the halves fit together
                .bytes(ID, name.id())
                .bytes(LABEL, name.labelBytes());
    }

    private Template finishedPrivate(Template.Builder template) {
        return profile.templates().wrappingKey().applyTo(template);
    }

    private Template finishedPublic(Template.Builder template) {
        return template.without(profile.templates().wrappingKey().omitted()).build();
    }

    /** A certificate of X.509 beside a key pair. Where the token lets it be private, nobody puts another in its place. */
    Template certificate(ObjectName name, X509Certificate certificate) {
        try {
            return Template.builder()
                    .number(CLASS, CERTIFICATE_CLASS)
                    .number(CERTIFICATE_TYPE, X_509)
                    .flags(true, TOKEN)
                    .flags(profile.keepsPublicKeysPrivate(), PRIVATE)
                    .bytes(ID, name.id())
                    .bytes(LABEL, name.labelBytes())
                    .bytes(SUBJECT, certificate.getSubjectX500Principal().getEncoded())
                    .bytes(ISSUER, certificate.getIssuerX500Principal().getEncoded())
                    .bytes(SERIAL_NUMBER, Der.integer(certificate.getSerialNumber()))
                    .bytes(VALUE, certificate.getEncoded())
                    .build();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    private static long keyType(KeySpec spec) {
        return switch (spec.type()) {
            case AES -> AES;
            case HMAC -> GENERIC_SECRET;
            case RSA -> RSA;
            case ELLIPTIC_CURVE -> EC;
            case EDWARDS_CURVE -> EC_EDWARDS;
        };
    }

    private static AttributeType privateUse(KeyUsage usage) {
        return switch (usage) {
            case SIGN_VERIFY -> SIGN;
            case ENCRYPT_DECRYPT -> DECRYPT;
            case KEY_AGREEMENT -> DERIVE;
            case GENERATE_VERIFY_MAC -> throw new IllegalArgumentException("no key pair is for " + usage);
        };
    }

    /** An RSA key that unwraps; where the host may unpad, it decrypts too. */
    Template wrappingPrivateKey(ObjectName name) {
        boolean hostUnpadding = profile.oaep().hostUnpadding();
        List<MechanismType> mechanisms = new ArrayList<>(List.of(MechanismType.RSA_PKCS_OAEP));
        if (hostUnpadding) {
            mechanisms.add(MechanismType.RSA_X_509);
        }
        Template.Builder template = strict(true)
                .number(CLASS, PRIVATE_KEY_CLASS)
                .number(KEY_TYPE, RSA)
                .flags(false, PRIVATE_KEY_USAGES)
                .flags(true, UNWRAP)
                .flags(hostUnpadding, DECRYPT)
                .bytes(ID, name.id())
                .bytes(LABEL, name.labelBytes());
        template = allow(template, mechanisms);
        if (profile.unwrapTemplate()) {
            template = template.add(new Attribute.Nested(
                    UNWRAP_TEMPLATE,
                    Template.builder()
                            .flags(true, SENSITIVE)
                            .flags(false, EXTRACTABLE)
                            .build()));
        }
        return finishedPrivate(template);
    }

    /** Its public half, which lives only until it has been read. */
    Template wrappingPublicKey(int modulusBits) {
        return Template.builder()
                .number(CLASS, PUBLIC_KEY_CLASS)
                .number(KEY_TYPE, RSA)
                .flags(false, TOKEN, PRIVATE)
                .flags(false, PUBLIC_KEY_USAGES)
                .flags(true, WRAP)
                .number(MODULUS_BITS, modulusBits)
                .bytes(PUBLIC_EXPONENT, F4)
                .build();
    }

    private static Template.Builder secretKey(boolean inToken, long keyType, AttributeType... usages) {
        return strict(inToken)
                .number(CLASS, SECRET_KEY_CLASS)
                .number(KEY_TYPE, keyType)
                .flags(false, SECRET_KEY_USAGES)
                .flags(true, usages);
    }

    private static Template.Builder strict(boolean inToken) {
        Template.Builder template = Template.builder()
                .flags(inToken, TOKEN)
                .flags(true, PRIVATE, SENSITIVE)
                .flags(false, EXTRACTABLE, COPYABLE);
        // SoftHSM puts a derived key's value into the object after the template, and then holds it to MODIFIABLE. A
        // session
        // object is this process's own and short-lived.
        return inToken ? template.flags(false, MODIFIABLE) : template;
    }

    private Template.Builder allow(Template.Builder template, List<MechanismType> mechanisms) {
        return profile.allowedMechanisms()
                ? template.add(new Attribute.Mechanisms(
                        ALLOWED_MECHANISMS,
                        mechanisms.stream().map(MechanismType::code).toList()))
                : template;
    }

    private Template finished(Template.Builder template) {
        return profile.templates().secretKey().applyTo(template);
    }
}
