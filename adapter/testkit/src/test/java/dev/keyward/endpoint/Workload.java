package dev.keyward.endpoint;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A program as it would run in a Kubernetes pod: all that it knows of the service and of itself is in the environment,
 * where AWS's SDK finds it. It takes a key's id, uses the key, and says how that went.
 */
final class Workload {
    private Workload() {}

    public static void main(String[] arguments) {
        String key = arguments[0];
        try (StsClient sts = StsClient.create();
                KmsClient kms = KmsClient.create()) {
            System.out.println("I am " + sts.getCallerIdentity().arn());
            SdkBytes ciphertext = kms.encrypt(
                            request -> request.keyId(key).plaintext(SdkBytes.fromUtf8String("secret of the workload")))
                    .ciphertextBlob();
            String decrypted = kms.decrypt(request -> request.ciphertextBlob(ciphertext))
                    .plaintext()
                    .asUtf8String();
            System.out.println("Decrypted: " + decrypted);
            kms.disableKey(request -> request.keyId(key));
            System.out.println("Disabled the key");
        } catch (KmsException refusal) {
            System.out.println("Refused: " + refusal.awsErrorDetails().errorCode());
        }
    }
}
