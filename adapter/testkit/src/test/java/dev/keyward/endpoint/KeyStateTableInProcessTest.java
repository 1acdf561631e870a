package dev.keyward.endpoint;

import dev.keyward.testkit.LocalKeyward;
import software.amazon.awssdk.services.kms.KmsClient;

/** In this process, through the client without a wire. */
class KeyStateTableInProcessTest extends KeyStateTableSuite {
    @Override
    KmsClient client(LocalKeyward keyward) {
        return keyward.inProcessKms(keyward.root().principalArn());
    }
}
