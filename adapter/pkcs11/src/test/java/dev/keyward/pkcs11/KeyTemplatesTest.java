package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.token.Wrapping;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenObject;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.Slots;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the objects in a token really are, seen past the token's own class, through the bare binding. */
class KeyTemplatesTest {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final AttributeType[] ALWAYS = {AttributeType.TOKEN, AttributeType.PRIVATE, AttributeType.SENSITIVE};
    private static final AttributeType[] NEVER = {
        AttributeType.EXTRACTABLE,
        AttributeType.MODIFIABLE,
        AttributeType.WRAP,
        AttributeType.SIGN,
        AttributeType.ENCRYPT
    };

    @ParameterizedTest
    @ValueSource(strings = {"softhsm2", "nss"})
    void generatedKeysCanOnlyDerive(String profile) {
        onToken(profile, (token, session) -> {
            MaterialReference reference = reference(token);
            token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);

            long handle = handle(session, reference, TokenObjects.Kind.SECRET_KEY);
            requireStrict(session, handle);
            requireFlag(session, handle, AttributeType.DERIVE, true);
            requireFlag(session, handle, AttributeType.DECRYPT, false);
            requireFlag(session, handle, AttributeType.UNWRAP, false);
            requireFlag(session, handle, AttributeType.ALWAYS_SENSITIVE, true);
            requireFlag(session, handle, AttributeType.NEVER_EXTRACTABLE, true);
            assertAnswers(ReturnValue.ATTRIBUTE_SENSITIVE, () -> session.read(handle, AttributeType.VALUE));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"softhsm2", "nss"})
    void macKeysCanOnlyComputeCodes(String profile) {
        onToken(profile, (token, session) -> {
            MaterialReference reference = reference(token);
            token.generate(reference, KeySpec.HMAC_384);

            long handle = handle(session, reference, TokenObjects.Kind.SECRET_KEY);
            for (AttributeType type : ALWAYS) {
                requireFlag(session, handle, type, true);
            }
            requireFlag(session, handle, AttributeType.SIGN, true);
            for (AttributeType type : new AttributeType[] {
                AttributeType.EXTRACTABLE,
                AttributeType.MODIFIABLE,
                AttributeType.VERIFY,
                AttributeType.WRAP,
                AttributeType.UNWRAP,
                AttributeType.ENCRYPT,
                AttributeType.DECRYPT,
                AttributeType.DERIVE
            }) {
                requireFlag(session, handle, type, false);
            }
            assertAnswers(ReturnValue.ATTRIBUTE_SENSITIVE, () -> session.read(handle, AttributeType.VALUE));
        });
    }

    @ParameterizedTest
    @CsvSource({"softhsm2, RSA_2048", "softhsm2, ECC_NIST_P256", "nss, RSA_2048", "nss, ECC_NIST_P256"})
    void privateKeysHaveTheOneUseThatTheyAreFor(String profile, KeySpec spec) {
        onToken(profile, (token, session) -> {
            MaterialReference reference = reference(token);
            token.generateKeyPair(reference, spec, KeyUsage.SIGN_VERIFY);

            requireSigningPair(session, reference, profile.equals("softhsm2"));
        });
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, RSA_2048", "EC, 256, ECC_NIST_P256"})
    void importedPrivateKeysHaveTheOneUseThatTheyAreFor(String algorithm, int lengthBits, KeySpec spec) {
        onToken("softhsm2", (token, session) -> {
            MaterialReference reference = reference(token);
            token.unwrap(wrappedPrivateKey(token, algorithm, lengthBits, spec), KeyUsage.SIGN_VERIFY, reference);

            requireSigningPair(session, reference, true);
        });
    }

    @Test
    void aPublicHalfAloneIsNotWholeAndIsDestroyed() {
        onToken("softhsm2", (token, session) -> {
            MaterialReference reference = reference(token);
            WrappedMaterial material = wrappedPrivateKey(token, "RSA", 2048, KeySpec.RSA_2048);
            token.unwrap(material, KeyUsage.SIGN_VERIFY, reference);
            session.destroyObject(handle(session, reference, TokenObjects.Kind.PRIVATE_KEY));

            assertThat(token.holds(reference)).isFalse();
            assertThatThrownBy(() -> token.unwrap(material, KeyUsage.SIGN_VERIFY, reference))
                    .isInstanceOfSatisfying(
                            TokenException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OBJECT_EXISTS));
            token.destroy(reference);
            assertThat(token.objects(INSTALLATION))
                    .extracting(TokenObject::reference)
                    .doesNotContain(reference);
            token.unwrap(material, KeyUsage.SIGN_VERIFY, reference);
            assertThat(token.holds(reference)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"softhsm2", "nss"})
    void importedKeysCanOnlyDeriveAndStayInTheToken(String profile) {
        onToken(profile, (token, session) -> {
            MaterialReference wrappingKey = reference(token);
            byte[] publicKey = token.generateWrappingKey(wrappingKey, 2048);
            MaterialReference reference = reference(token);
            token.unwrap(
                    new WrappedMaterial(
                            wrappingKey,
                            WrappingAlgorithm.RSAES_OAEP_SHA_1,
                            Wrapping.wrap(WrappingAlgorithm.RSAES_OAEP_SHA_1, publicKey, new byte[32]),
                            KeySpec.SYMMETRIC_DEFAULT),
                    KeyUsage.ENCRYPT_DECRYPT,
                    reference);

            long handle = handle(session, reference, TokenObjects.Kind.SECRET_KEY);
            requireStrict(session, handle);
            requireFlag(session, handle, AttributeType.DERIVE, true);
            assertAnswers(ReturnValue.ATTRIBUTE_SENSITIVE, () -> session.read(handle, AttributeType.VALUE));
            Template wrapping =
                    Template.builder().flags(true, AttributeType.WRAP).build();
            if (profile.equals("softhsm2")) {
                assertAnswers(ReturnValue.ATTRIBUTE_READ_ONLY, () -> session.copyObject(handle, wrapping));
            } else {
                // NSS copies what is not modifiable, but the copy gives no more away than the key does.
                long copy = session.copyObject(handle, wrapping);
                requireFlag(session, copy, AttributeType.EXTRACTABLE, false);
                assertAnswers(ReturnValue.ATTRIBUTE_SENSITIVE, () -> session.read(copy, AttributeType.VALUE));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"softhsm2", "nss"})
    void wrappingKeysUnwrapAndDecryptOnlyForTheHost(String profile) {
        onToken(profile, (token, session) -> {
            MaterialReference reference = reference(token);
            token.generateWrappingKey(reference, 2048);

            long handle = handle(session, reference, TokenObjects.Kind.PRIVATE_KEY);
            for (AttributeType type : ALWAYS) {
                requireFlag(session, handle, type, true);
            }
            requireFlag(session, handle, AttributeType.EXTRACTABLE, false);
            requireFlag(session, handle, AttributeType.MODIFIABLE, false);
            requireFlag(session, handle, AttributeType.SIGN, false);
            requireFlag(session, handle, AttributeType.UNWRAP, true);
            requireFlag(session, handle, AttributeType.DECRYPT, profile.equals("softhsm2"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"softhsm2", "nss"})
    void anObjectThatIsNotAsAskedIsDestroyed(String profile) {
        onToken(profile, (token, session) -> {
            MaterialReference reference = reference(token);
            token.generate(reference, KeySpec.SYMMETRIC_DEFAULT);
            long handle = handle(session, reference, TokenObjects.Kind.SECRET_KEY);
            Template other = Template.builder().flags(true, AttributeType.WRAP).build();

            assertThatThrownBy(() -> new TokenObjects(false).verify(session, handle, other))
                    .isInstanceOf(TokenException.class)
                    .hasMessageContaining("CKA_WRAP");

            assertThat(token.holds(reference)).isFalse();
        });
    }

    private static void requireSigningPair(Session session, MaterialReference reference, boolean publicHalfIsPrivate) {
        long privateKey = handle(session, reference, TokenObjects.Kind.PRIVATE_KEY);
        for (AttributeType type : ALWAYS) {
            requireFlag(session, privateKey, type, true);
        }
        requireFlag(session, privateKey, AttributeType.SIGN, true);
        for (AttributeType type : new AttributeType[] {
            AttributeType.EXTRACTABLE,
            AttributeType.MODIFIABLE,
            AttributeType.DECRYPT,
            AttributeType.UNWRAP,
            AttributeType.DERIVE
        }) {
            requireFlag(session, privateKey, type, false);
        }
        long publicKey = handle(session, reference, TokenObjects.Kind.PUBLIC_KEY);
        requireFlag(session, publicKey, AttributeType.PRIVATE, publicHalfIsPrivate);
        requireFlag(session, publicKey, AttributeType.VERIFY, true);
        requireFlag(session, publicKey, AttributeType.MODIFIABLE, false);
        requireFlag(session, publicKey, AttributeType.ENCRYPT, false);
        requireFlag(session, publicKey, AttributeType.WRAP, false);
    }

    private static WrappedMaterial wrappedPrivateKey(
            Pkcs11Token token, String algorithm, int lengthBits, KeySpec spec) {
        MaterialReference wrappingKey = reference(token);
        byte[] publicKey = token.generateWrappingKey(wrappingKey, 2048);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(lengthBits);
            WrappingAlgorithm wrapping = WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_256;
            byte[] wrapped = Wrapping.wrap(
                    wrapping,
                    publicKey,
                    generator.generateKeyPair().getPrivate().getEncoded());
            return new WrappedMaterial(wrappingKey, wrapping, wrapped, spec);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireStrict(Session session, long handle) {
        for (AttributeType type : ALWAYS) {
            requireFlag(session, handle, type, true);
        }
        for (AttributeType type : NEVER) {
            requireFlag(session, handle, type, false);
        }
    }

    private static void requireFlag(Session session, long handle, AttributeType type, boolean value) {
        assertThat(session.has(handle, new Attribute.Flag(type, value)))
                .as("%s is %s", type, value)
                .isTrue();
    }

    private static void assertAnswers(ReturnValue expected, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Pkcs11Exception.class, e -> assertThat(e.returnValue()).isEqualTo(expected));
    }

    private static long handle(Session session, MaterialReference reference, TokenObjects.Kind kind) {
        List<Long> found = session.find(KeyTemplates.search(kind.objectClass(), ObjectName.of(reference)));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static void onToken(String profile, BiConsumer<Pkcs11Token, Session> test) {
        Pkcs11Configuration configuration = profile.equals("nss") ? Nss.freshToken() : SoftHsm.freshToken();
        try (Pkcs11Token token = Pkcs11Token.open(configuration);
                Pkcs11Library library =
                        Libraries.open(configuration.profile(), configuration.library(), configuration.directory());
                Session session = Session.open(
                        library.cryptoki(), new Slots(library.cryptoki()).find(configuration.selector()))) {
            test.accept(token, session);
        }
    }

    private static MaterialReference reference(Pkcs11Token token) {
        return token.reference(
                MaterialName.ofService(INSTALLATION, ServicePurpose.IMPORT_TOKEN, 1, MaterialId.of(token.random(32))));
    }
}
