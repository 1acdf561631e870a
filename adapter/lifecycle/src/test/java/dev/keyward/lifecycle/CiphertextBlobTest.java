package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.Origin;
import dev.keyward.contract.SealedMessage;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CiphertextBlobTest {
    @Property
    void whatIsEncodedIsDecoded(@ForAll("blobs") CiphertextBlob blob) {
        CiphertextBlob decoded = CiphertextBlob.decode(blob.encode());

        assertThat(decoded.account()).isEqualTo(blob.account());
        assertThat(decoded.key()).isEqualTo(blob.key());
        assertThat(decoded.material()).isEqualTo(blob.material());
        assertThat(decoded.message().form()).isEqualTo(blob.message().form());
        assertThat(decoded.message().nonce()).isEqualTo(blob.message().nonce());
        assertThat(decoded.message().iv()).isEqualTo(blob.message().iv());
        assertThat(decoded.message().ciphertext()).isEqualTo(blob.message().ciphertext());
    }

    @Property
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        assertInvalid(bytes);
    }

    @Property
    void contextsThatDifferAreEncodedDifferently(@ForAll Map<String, String> one, @ForAll Map<String, String> other) {
        byte[] first = new EncryptionContext(one).canonicalBytes();
        byte[] second = new EncryptionContext(other).canonicalBytes();

        assertThat(Arrays.equals(first, second)).isEqualTo(one.equals(other));
    }

    @Property(tries = 5)
    void anyChangedCutOrAddedByteOfACiphertextIsRefused(@ForAll byte[] plaintext) {
        Fixture.Running running = new Fixture().start();
        byte[] blob = running.encrypt(running.create(Origin.AWS_KMS).id().value(), plaintext);

        for (int position = 0; position < blob.length; position++) {
            byte[] changed = blob.clone();
            changed[position] ^= (byte) (1 << (position % 8));
            assertRefused(running, changed);
            assertRefused(running, Arrays.copyOf(blob, position));
        }
        assertRefused(running, Arrays.copyOf(blob, blob.length + 1));
        assertThat(running.decrypt(blob)).isEqualTo(plaintext);
    }

    @Provide
    Arbitrary<CiphertextBlob> blobs() {
        Arbitrary<SealedMessage> messages = Combinators.combine(
                        Arbitraries.of(CiphertextForm.class),
                        Arbitraries.bytes().array(byte[].class).ofSize(15 + CiphertextForm.IV_LENGTH_BYTES),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(CiphertextForm.TAG_LENGTH_BYTES))
                .as((form, random, ciphertext) -> new SealedMessage(
                        form,
                        Arrays.copyOf(random, form.nonceLengthBytes()),
                        Arrays.copyOfRange(random, 15, random.length),
                        ciphertext));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 999_999_999_999L),
                        Arbitraries.create(KeyId::random),
                        Arbitraries.bytes().array(byte[].class).ofSize(MaterialId.LENGTH_BYTES),
                        messages)
                .as((account, key, material, message) -> new CiphertextBlob(
                        new AccountId("%012d".formatted(account)), key, MaterialId.of(material), message));
    }

    private static void assertInvalid(byte[] bytes) {
        assertThatThrownBy(() -> CiphertextBlob.decode(bytes))
                .isInstanceOfSatisfying(
                        KeywardException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CIPHERTEXT));
    }

    private static void assertRefused(Fixture.Running running, byte[] blob) {
        assertThatThrownBy(() -> running.decrypt(blob)).isInstanceOfSatisfying(KeywardException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CIPHERTEXT);
            assertThat(refusal.getMessage()).isNull();
        });
    }
}
