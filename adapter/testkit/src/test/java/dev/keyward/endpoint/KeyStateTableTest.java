package dev.keyward.endpoint;

import dev.keyward.testkit.LocalKeyward;
import software.amazon.awssdk.services.kms.KmsClient;

/** Over HTTP, through the client that AWS ships. */
class KeyStateTableTest extends KeyStateTableSuite {
    @Override
    KmsClient client(LocalKeyward keyward) {
        return keyward.kms();
    }
}
