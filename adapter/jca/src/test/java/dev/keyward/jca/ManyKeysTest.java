package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** A key store of ten thousand entries: what it asks for one entry is what it asks when there are few. */
@ExtendWith(KeywardExtension.class)
class ManyKeysTest {
    private static final int KEYS = 200;
    private static final int ALIASES_PER_KEY = 50;
    private static final int THREADS = 32;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final LocalKeyward keyward;
    private final KeyStore keys;

    ManyKeysTest(LocalKeyward keyward, @TempDir Path directory) throws GeneralSecurityException {
        this.keyward = keyward;
        KmsClient kms = KmsClient.builder()
                .endpointOverride(keyward.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(keyward.root().credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new Listener(asked)))
                .build();
        keys = KeyStore.getInstance("Keyward", new KeywardProvider(kms, directory));
    }

    /** Notes each request on its way. */
    private record Listener(List<String> asked) implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            asked.add(context.request().getClass().getSimpleName().replace("Request", ""));
        }
    }

    @BeforeEach
    void create() {
        KmsClient kms = keyward.kms();
        String secret = kms.createKey().keyMetadata().keyId();
        String pair = kms.createKey(
                        request -> request.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
        kms.createAlias(request -> request.aliasName("alias/secret").targetKeyId(secret));
        kms.createAlias(request -> request.aliasName("alias/pair").targetKeyId(pair));
    }

    @Test
    void anEntryIsFoundByOneRequestOrTwo() throws Exception {
        keys.load(null);
        assertThat(keys.getCertificate("pair")).isNotNull(); // the certificate is made, once
        asksForOneEntryAlone();

        createMany();

        asksForOneEntryAlone();
        keys.load(null);
        asked.clear();
        assertThat(keys.size()).isEqualTo(KEYS * ALIASES_PER_KEY + 2);
        assertThat(asked).hasSize(102).containsOnly("ListAliases", "ListKeys"); // 100 a page, and 1,000
    }

    private void asksForOneEntryAlone() throws Exception {
        asks(() -> keys.load(null));
        asks(() -> assertThat(keys.containsAlias("secret")).isTrue(), "DescribeKey");
        asks(() -> assertThat(keys.containsAlias("nowhere")).isFalse(), "DescribeKey");
        asks(() -> assertThat(keys.getKey("secret", null)).isNotNull(), "DescribeKey");
        asks(() -> assertThat(keys.getKey("pair", null)).isNotNull(), "DescribeKey", "GetPublicKey");
        asks(() -> assertThat(keys.getCertificateChain("pair")).hasSize(1), "DescribeKey", "GetPublicKey");
        asks(() -> assertThat(keys.getEntry("pair", null)).isNotNull(), "DescribeKey", "GetPublicKey");
        asked.clear();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.load(KmsLoadStoreParameter.listing("pair"));
        managers.init(keys, null);
        assertThat(asked).hasSizeLessThan(10).containsOnly("DescribeKey", "GetPublicKey");
    }

    private interface Step {
        void run() throws GeneralSecurityException, IOException;
    }

    private void asks(Step step, String... operations) throws GeneralSecurityException, IOException {
        asked.clear();
        step.run();
        assertThat(asked).containsExactly(operations);
    }

    private void createMany() throws Exception {
        KmsClient kms = keyward.inProcessKms(keyward.root().principalArn());
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                all.add(threads.submit(() -> createNamed(kms)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static void createNamed(KmsClient kms) {
        String key = kms.createKey().keyMetadata().keyId();
        IntStream.range(0, ALIASES_PER_KEY)
                .forEach(i -> kms.createAlias(
                        request -> request.aliasName("alias/" + key + "/" + i).targetKeyId(key)));
    }
}
