package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;

/**
 * Lets every principal of an account do everything in that account, and nothing outside it. Key policies and grants are
 * kept and not yet evaluated. Thread-safe.
 */
final class SameAccountAuthorizer implements Authorizer {
    @Override
    public void admit(Caller caller, Target target) {
        if (target instanceof Target.Key named) {
            require(
                    caller,
                    named.reference().scope().account(),
                    target.action(),
                    named.reference().arn());
        }
        if (target instanceof Target.Ciphertext named && named.expected() != null) {
            require(
                    caller,
                    named.expected().scope().account(),
                    target.action(),
                    named.expected().arn());
        }
    }

    @Override
    public void authorize(Caller caller, Resources.Resolved resource) {
        KeyRecord key = resource.key();
        if (key == null) {
            return;
        }
        if (resource.target() instanceof Target.Ciphertext
                && !isOwn(caller, key.scope().account())) {
            throw Resolver.unknownCiphertextKey(); // as if it did not exist
        }
        require(caller, key.scope().account(), resource.target().action(), resource.arn());
    }

    private static void require(Caller caller, AccountId owner, String action, String arn) {
        if (!isOwn(caller, owner)) {
            throw new KeywardException(
                    ErrorCode.ACCESS_DENIED,
                    ("User: %s is not authorized to perform: %s on resource: %s because the resource does not exist in "
                                    + "this Region, no resource-based policies allow access, or a resource-based policy "
                                    + "explicitly denies access")
                            .formatted(caller.principalArn(), action, arn));
        }
    }

    private static boolean isOwn(Caller caller, AccountId owner) {
        return caller.scope().account().equals(owner);
    }
}
