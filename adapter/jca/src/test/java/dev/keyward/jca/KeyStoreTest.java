package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.Date;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Aliases and keys of KMS as entries of a key store. */
@ExtendWith(KeywardExtension.class)
class KeyStoreTest {
    private final KmsClient kms;
    private final KeyStore keys;

    KeyStoreTest(KmsClient kms) throws KeyStoreException {
        this.kms = kms;
        keys = KeyStore.getInstance("Keyward", new KeywardProvider(kms));
    }

    @BeforeEach
    void load() throws GeneralSecurityException, IOException {
        keys.load(null);
    }

    @Test
    void aKeyIsFoundByAliasIdAndArn() throws GeneralSecurityException {
        KeyMetadata key = kms.createKey().keyMetadata();
        kms.createAlias(request -> request.aliasName("alias/found").targetKeyId(key.keyId()));

        for (String name : new String[] {"found", "alias/found", key.keyId(), key.arn()}) {
            assertThat(keys.isKeyEntry(name)).as(name).isTrue();
            assertThat(keys.getKey(name, null))
                    .isInstanceOfSatisfying(
                            KmsKey.class, found -> assertThat(found.arn()).isEqualTo(key.arn()));
            assertThat(keys.entryInstanceOf(name, KeyStore.SecretKeyEntry.class))
                    .isTrue();
        }
        assertThat(keys.getKey("found", null)).isEqualTo(keys.getKey(key.keyId(), null));
        assertThat(keys.getEntry("found", null)).isInstanceOf(KeyStore.SecretKeyEntry.class);
        assertThat(keys.getCreationDate("found")).isEqualTo(Date.from(key.creationDate()));
    }

    @Test
    void aKeyThatIsNotThereIsNotFound() throws GeneralSecurityException {
        assertThat(keys.containsAlias("nowhere")).isFalse();
        assertThat(keys.getKey("nowhere", null)).isNull();
        assertThat(keys.getKey("12345678-1234-1234-1234-123456789012", null)).isNull();
    }

    @Test
    void aKeyIsListedByItsAliasesOrElseById() throws GeneralSecurityException {
        KeyMetadata named = kms.createKey().keyMetadata();
        kms.createAlias(request -> request.aliasName("alias/one").targetKeyId(named.keyId()));
        kms.createAlias(request -> request.aliasName("alias/two").targetKeyId(named.keyId()));
        KeyMetadata nameless = kms.createKey().keyMetadata();
        kms.createAlias(
                request -> request.aliasName("alias/" + nameless.keyId()).targetKeyId(named.keyId()));

        assertThat(Collections.list(keys.aliases()))
                .contains("one", "two", nameless.keyId(), "alias/" + nameless.keyId())
                .doesNotContain(named.keyId());
    }

    @Test
    void morePagesThanOneAreListed() throws GeneralSecurityException {
        int before = keys.size();
        for (int i = 0; i < 120; i++) {
            kms.createKey();
        }
        assertThat(keys.size()).isEqualTo(before + 120);
    }

    @Test
    void onlyTheNamesThatAreWantedAreListed() throws GeneralSecurityException, IOException {
        KeyMetadata key = kms.createKey().keyMetadata();
        kms.createAlias(request -> request.aliasName("alias/wanted").targetKeyId(key.keyId()));

        keys.load(KmsLoadStoreParameter.listing("wanted", "nowhere"));

        assertThat(Collections.list(keys.aliases())).containsExactly("wanted");
        assertThat(keys.containsAlias(key.keyId())).isTrue();
    }

    @Test
    void keysAreNamedAndNamesAreDeleted() throws GeneralSecurityException {
        KeyMetadata first = kms.createKey().keyMetadata();
        KeyMetadata second = kms.createKey().keyMetadata();

        keys.setKeyEntry("renamed", keys.getKey(first.keyId(), null), null, null);
        assertThat(keys.getKey("renamed", null)).isEqualTo(keys.getKey(first.keyId(), null));
        keys.setKeyEntry("renamed", keys.getKey(second.keyId(), null), null, null);
        assertThat(keys.getKey("renamed", null)).isEqualTo(keys.getKey(second.keyId(), null));

        keys.deleteEntry("renamed");
        assertThat(keys.containsAlias("renamed")).isFalse();
        assertThat(keys.containsAlias(second.keyId())).isTrue();
    }

    @Test
    void noKeyIsDeletedAndNoMaterialTaken() {
        KeyMetadata key = kms.createKey().keyMetadata();

        assertThatThrownBy(() -> keys.deleteEntry(key.keyId())).isInstanceOf(KeyStoreException.class);
        assertThatThrownBy(() -> keys.setKeyEntry("foreign", new SecretKeySpec(new byte[32], "AES"), null, null))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("ImportKeyMaterial");
    }
}
