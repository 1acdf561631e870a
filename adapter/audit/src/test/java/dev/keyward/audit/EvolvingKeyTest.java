package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Held against the JDK's HMAC, used the usual way. */
class EvolvingKeyTest {
    private static final byte[] FIRST = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RECORD = "{\"eventName\":\"Encrypt\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STEP = "keyward audit: the key of the next record".getBytes(StandardCharsets.US_ASCII);

    @Test
    void everyRecordHasAKeyOfItsOwn() throws Exception {
        byte[] second = hmac(FIRST, STEP);
        byte[] third = hmac(second, STEP);
        try (EvolvingKey key = new EvolvingKey(FIRST)) {
            assertThat(key.mac(RECORD, RECORD.length)).isEqualTo(hmac(FIRST, RECORD));
            key.evolve();
            assertThat(key.mac(RECORD, RECORD.length)).isEqualTo(hmac(second, RECORD));
            key.evolve();
            assertThat(key.mac(RECORD, RECORD.length)).isEqualTo(hmac(third, RECORD));
            assertThat(key.copy()).isEqualTo(third);
        }
    }

    @Test
    void aRecordThatIsTriedTwiceHasTheSameKey() {
        try (EvolvingKey key = new EvolvingKey(FIRST)) {
            assertThat(key.mac(RECORD, RECORD.length)).isEqualTo(key.mac(RECORD, RECORD.length));
        }
    }

    @Test
    void aClosedKeyIsForgotten() {
        EvolvingKey key = new EvolvingKey(FIRST);
        key.close();
        assertThat(key.copy()).containsOnly(0);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        return hmac.doFinal(message);
    }
}
