package dev.keyward.clients;

import dev.keyward.testkit.LocalKeyward;
import software.amazon.awssdk.services.kms.KmsClient;

/** The two ways by which a client of AWS's SDK gets to Keyward. */
enum Door {
    HTTP {
        @Override
        KmsClient kms(LocalKeyward keyward) {
            return keyward.kms();
        }
    },
    IN_PROCESS {
        @Override
        KmsClient kms(LocalKeyward keyward) {
            return keyward.inProcessKms(keyward.root().principalArn());
        }
    };

    /** A client of the root identity. */
    abstract KmsClient kms(LocalKeyward keyward);
}
