package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.WrappingAlgorithm;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/**
 * A server that is killed while it makes, imports, empties, disables and uses keys: the next one on the same home has every
 * key that anybody was told of, and its token holds nothing that no row speaks of.
 */
class KilledProcessTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("kept");
    private static final int CLIENTS = 3;

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void nothingThatWasAnsweredIsLost(RepetitionInfo repetition, TestReporter reporter) throws InterruptedException {
        long seed = Long.getLong("keyward.test.seed", System.nanoTime()) + repetition.getCurrentRepetition();
        reporter.publishEntry("keyward.test.seed", String.valueOf(seed - repetition.getCurrentRepetition()));
        Random random = new Random(seed);
        Path home = RunningKeyward.freshHome(directory.resolve("home"));

        List<Client> clients = new ArrayList<>();
        try (RunningKeyward killed = RunningKeyward.start(home)) {
            CountDownLatch answersToTheKill = new CountDownLatch(20 + random.nextInt(60));
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(killed.client(), new Random(random.nextLong()), answersToTheKill));
            }
            List<Thread> threads = clients.stream()
                    .map(client -> Thread.ofPlatform().start(client))
                    .toList();
            answersToTheKill.await();
            killed.kill();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        try (RunningKeyward next = RunningKeyward.start(home);
                KmsClient kms = next.client()) {
            for (Client client : clients) {
                client.assertEveryKeyIsThere(kms);
            }
            assertThat(next.stop().exitCode()).isZero();
        }
        assertThat(KeywardProcess.run("doctor", "--home", home.toString()))
                .satisfies(
                        doctor -> assertThat(doctor.exitCode()).as(doctor.out()).isZero());
    }

    /** A key that somebody was told of. */
    private static final class Known {
        final String id;
        final byte @Nullable [] material;

        @Nullable
        SdkBytes ciphertext;
        /** Whether something that makes it unusable for a while was asked for and not answered. */
        boolean unsettled;

        Known(String id, byte @Nullable [] material) {
            this.id = id;
            this.material = material;
        }
    }

    /** Asks for one thing after another, at random, until there is no more answer. Has keys that nobody else touches. */
    private static final class Client implements Runnable {
        private final KmsClient own;
        private final Random random;
        private final CountDownLatch answers;
        private final List<Known> keys = new ArrayList<>();

        Client(KmsClient own, Random random, CountDownLatch answers) {
            this.own = own;
            this.random = random;
            this.answers = answers;
        }

        @Override
        public void run() {
            try (KmsClient kms = own) {
                while (true) {
                    act(kms);
                    answers.countDown();
                }
            } catch (SdkClientException killed) {
                answers.countDown();
            }
        }

        private void act(KmsClient kms) {
            switch (keys.isEmpty() ? 0 : random.nextInt(5)) {
                case 0 -> use(kms, made(kms, OriginType.AWS_KMS, null));
                case 1 -> {
                    byte[] material = new byte[32];
                    random.nextBytes(material);
                    Known key = made(kms, OriginType.EXTERNAL, material);
                    key.unsettled = true;
                    importMaterial(kms, key);
                    key.unsettled = false;
                    use(kms, key);
                }
                case 2 -> use(kms, any());
                case 3 -> {
                    Known key = any();
                    key.unsettled = true;
                    kms.disableKey(r -> r.keyId(key.id));
                    kms.enableKey(r -> r.keyId(key.id));
                    key.unsettled = false;
                }
                default -> {
                    Known key = any();
                    if (key.material != null) {
                        key.unsettled = true;
                        kms.deleteImportedKeyMaterial(r -> r.keyId(key.id));
                        importMaterial(kms, key);
                        key.unsettled = false;
                    }
                }
            }
        }

        private Known made(KmsClient kms, OriginType origin, byte @Nullable [] material) {
            Known key =
                    new Known(kms.createKey(r -> r.origin(origin)).keyMetadata().keyId(), material);
            keys.add(key);
            return key;
        }

        private Known any() {
            return keys.get(random.nextInt(keys.size()));
        }

        void assertEveryKeyIsThere(KmsClient next) {
            for (Known key : keys) {
                if (key.unsettled) {
                    settle(next, key);
                }
                if (key.ciphertext != null) {
                    assertThat(next.decrypt(r -> r.ciphertextBlob(key.ciphertext))
                                    .plaintext())
                            .as(key.id)
                            .isEqualTo(PLAINTEXT);
                }
                use(next, key);
            }
        }

        private static void settle(KmsClient kms, Known key) {
            if (key.material != null) {
                importMaterial(kms, key);
            }
            kms.enableKey(r -> r.keyId(key.id));
        }

        private static void use(KmsClient kms, Known key) {
            key.ciphertext =
                    kms.encrypt(r -> r.keyId(key.id).plaintext(PLAINTEXT)).ciphertextBlob();
        }

        private static void importMaterial(KmsClient kms, Known key) {
            GetParametersForImportResponse parameters = kms.getParametersForImport(r -> r.keyId(key.id)
                    .wrappingAlgorithm(AlgorithmSpec.RSAES_OAEP_SHA_1)
                    .wrappingKeySpec(WrappingKeySpec.RSA_2048));
            kms.importKeyMaterial(r -> r.keyId(key.id)
                    .importToken(parameters.importToken())
                    .encryptedKeyMaterial(wrapped(parameters, key))
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
        }

        private static SdkBytes wrapped(GetParametersForImportResponse parameters, Known key) {
            try {
                return SdkBytes.fromByteArray(MaterialWrapping.wrap(
                        WrappingAlgorithm.RSAES_OAEP_SHA_1,
                        parameters.publicKey().asByteArray(),
                        key.material == null ? new byte[0] : key.material));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
