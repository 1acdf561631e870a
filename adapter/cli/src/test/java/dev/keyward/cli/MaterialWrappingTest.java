package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.WrappingAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unwraps with another implementation than the one that wraps. */
class MaterialWrappingTest {
    private static final byte[] MATERIAL = "thirty-two bytes of key material".getBytes(StandardCharsets.US_ASCII);
    private static final int MODULUS_BYTES = 256;

    private final KeyPair wrappingKey = rsa();

    @ParameterizedTest
    @EnumSource
    void whatIsWrappedComesOutAgain(WrappingAlgorithm algorithm) throws Exception {
        byte[] wrapped =
                MaterialWrapping.wrap(algorithm, wrappingKey.getPublic().getEncoded(), MATERIAL);

        assertThat(unwrap(algorithm, wrapped)).isEqualTo(MATERIAL);
    }

    @Test
    void materialThatIsTooLongIsRefused() {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> MaterialWrapping.wrap(
                        WrappingAlgorithm.RSAES_OAEP_SHA_256,
                        wrappingKey.getPublic().getEncoded(),
                        new byte[200]));
    }

    private byte[] unwrap(WrappingAlgorithm algorithm, byte[] wrapped) throws Exception {
        byte[] underRsa = oaep(algorithm, Arrays.copyOf(wrapped, MODULUS_BYTES));
        if (!algorithm.viaAesKey()) {
            assertThat(wrapped).hasSize(MODULUS_BYTES);
            return underRsa;
        }
        RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(false, new KeyParameter(underRsa));
        return engine.unwrap(wrapped, MODULUS_BYTES, wrapped.length - MODULUS_BYTES);
    }

    private byte[] oaep(WrappingAlgorithm algorithm, byte[] ciphertext) throws Exception {
        AsymmetricBlockCipher cipher = switch (algorithm) {
            case RSAES_OAEP_SHA_1, RSA_AES_KEY_WRAP_SHA_1 ->
                new OAEPEncoding(new RSAEngine(), new SHA1Digest(), new SHA1Digest(), null);
            case RSAES_OAEP_SHA_256, RSA_AES_KEY_WRAP_SHA_256 ->
                new OAEPEncoding(new RSAEngine(), new SHA256Digest(), new SHA256Digest(), null);
        };
        cipher.init(false, PrivateKeyFactory.createKey(wrappingKey.getPrivate().getEncoded()));
        try {
            return cipher.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException e) {
            throw new AssertionError("not OAEP as " + algorithm, e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(8 * MODULUS_BYTES);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
