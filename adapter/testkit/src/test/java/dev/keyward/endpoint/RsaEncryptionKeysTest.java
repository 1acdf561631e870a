package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** RSA keys in a SoftHSM token that decrypt, over HTTP, what the endpoint or OpenSSL encrypted. */
@ExtendWith(KeywardExtension.class)
class RsaEncryptionKeysTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSAES_OAEP_SHA_1, sha1, 214",
        "RSA_2048, RSAES_OAEP_SHA_256, sha256, 190",
        "RSA_3072, RSAES_OAEP_SHA_1, sha1, 342",
        "RSA_3072, RSAES_OAEP_SHA_256, sha256, 318",
        "RSA_4096, RSAES_OAEP_SHA_1, sha1, 470",
        "RSA_4096, RSAES_OAEP_SHA_256, sha256, 446"
    })
    void decryptsWhatOthersEncrypted(String spec, String algorithm, String hash, int maximum, KmsClient kms) {
        String key = kms.createKey(request -> request.keySpec(spec).keyUsage("ENCRYPT_DECRYPT"))
                .keyMetadata()
                .keyId();
        byte[] publicKey =
                kms.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        for (int lengthBytes : new int[] {1, 32, maximum}) {
            byte[] message = new byte[lengthBytes];
            message[0] = 1;

            SdkBytes ours = kms.encrypt(request -> request.keyId(key)
                            .plaintext(SdkBytes.fromByteArray(message))
                            .encryptionAlgorithm(algorithm))
                    .ciphertextBlob();
            SdkBytes theirs = SdkBytes.fromByteArray(encryptedByOpenSsl(publicKey, hash, message));

            for (SdkBytes ciphertext : List.of(ours, theirs)) {
                assertThat(kms.decrypt(request -> request.keyId(key)
                                        .ciphertextBlob(ciphertext)
                                        .encryptionAlgorithm(algorithm))
                                .plaintext()
                                .asByteArray())
                        .isEqualTo(message);
            }
        }
    }

    private byte[] encryptedByOpenSsl(byte[] publicKey, String hash, byte[] message) {
        OpenSsl openSsl = new OpenSsl(directory);
        openSsl.write("public.der", publicKey);
        openSsl.write("message", message);
        openSsl.run(List.of(
                "pkeyutl",
                "-encrypt",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                "public.der",
                "-in",
                "message",
                "-out",
                "ciphertext",
                "-pkeyopt",
                "rsa_padding_mode:oaep",
                "-pkeyopt",
                "rsa_oaep_md:" + hash,
                "-pkeyopt",
                "rsa_mgf1_md:" + hash));
        return openSsl.read("ciphertext");
    }
}
