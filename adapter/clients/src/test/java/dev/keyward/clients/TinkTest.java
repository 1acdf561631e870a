package dev.keyward.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kms.AWSKMS;
import com.amazonaws.services.kms.AWSKMSClientBuilder;
import com.amazonaws.services.kms.model.DisabledException;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.integration.awskms.AwsKmsAead;
import dev.keyward.testkit.Identity;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;

/** Tink over HTTP, with the older AWS SDK that its AWS KMS extension is built on. */
@ExtendWith(KeywardExtension.class)
class TinkTest {
    private static final byte[] MESSAGE = "a letter".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ASSOCIATED_DATA = "for Anna".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER_DATA = "for Otto".getBytes(StandardCharsets.UTF_8);

    private final KmsClient administrator;
    private final AWSKMS olderClient;
    private final String key;
    private final Aead master;

    TinkTest(LocalKeyward keyward) {
        administrator = keyward.kms();
        olderClient = olderClient(keyward);
        key = administrator.createKey().keyMetadata().arn();
        master = new AwsKmsAead(olderClient, key);
    }

    @BeforeAll
    static void register() throws GeneralSecurityException {
        AeadConfig.register();
    }

    @AfterEach
    void close() {
        olderClient.shutdown();
    }

    @Test
    void anEnvelopeOpensWithItsAssociatedDataAlone() throws GeneralSecurityException {
        Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, master);

        byte[] sealed = envelope.encrypt(MESSAGE, ASSOCIATED_DATA);

        assertThat(envelope.decrypt(sealed, ASSOCIATED_DATA)).isEqualTo(MESSAGE);
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> envelope.decrypt(sealed, OTHER_DATA));
    }

    /** The key encrypts directly, where associated data becomes an encryption context. */
    @Test
    void aMessageUnderTheKeyItselfOpensWithItsAssociatedDataAlone() throws GeneralSecurityException {
        byte[] sealed = master.encrypt(MESSAGE, ASSOCIATED_DATA);

        assertThat(master.decrypt(sealed, ASSOCIATED_DATA)).isEqualTo(MESSAGE);
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> master.decrypt(sealed, OTHER_DATA));
    }

    @Test
    void aKeysetIsKeptUnderTheKey() throws GeneralSecurityException {
        KeysetHandle keys = KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM"));
        byte[] sealed =
                keys.getPrimitive(RegistryConfiguration.get(), Aead.class).encrypt(MESSAGE, ASSOCIATED_DATA);

        String kept = TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keys, master, ASSOCIATED_DATA);

        KeysetHandle found = TinkJsonProtoKeysetFormat.parseEncryptedKeyset(kept, master, ASSOCIATED_DATA);
        assertThat(found.getPrimitive(RegistryConfiguration.get(), Aead.class).decrypt(sealed, ASSOCIATED_DATA))
                .isEqualTo(MESSAGE);
    }

    @Test
    void aDisabledKeyOpensNothing() throws GeneralSecurityException {
        Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, master);
        byte[] sealed = envelope.encrypt(MESSAGE, ASSOCIATED_DATA);

        administrator.disableKey(request -> request.keyId(key));

        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> envelope.decrypt(sealed, ASSOCIATED_DATA))
                .havingCause()
                .isInstanceOf(DisabledException.class)
                .withMessageContaining("%s is disabled.", key);
    }

    private static AWSKMS olderClient(LocalKeyward keyward) {
        Identity root = keyward.root();
        return AWSKMSClientBuilder.standard()
                .withEndpointConfiguration(
                        new EndpointConfiguration(keyward.endpoint().toString(), "us-east-1"))
                .withCredentials(new AWSStaticCredentialsProvider(
                        new BasicAWSCredentials(root.accessKeyId(), root.secretAccessKey())))
                .build();
    }
}
