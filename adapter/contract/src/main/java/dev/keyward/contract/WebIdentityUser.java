package dev.keyward.contract;

/**
 * Whom an identity provider vouches for, in an account where no user stands for that one. Immutable and thread-safe.
 *
 * @param providerArn the provider, for instance {@code arn:aws:iam::111122223333:oidc-provider/idp.example.com}
 * @param audience whom the provider's token was for
 * @param subject what the provider calls that one
 */
public record WebIdentityUser(String providerArn, String audience, String subject) implements CallerIdentity {
    @Override
    public String arn() {
        return providerArn;
    }

    @Override
    public String principalId() {
        return providerArn + ":" + audience + ":" + subject;
    }

    /** The provider's name, as condition keys begin with it. */
    public String providerName() {
        return providerArn.substring(providerArn.indexOf('/') + 1);
    }
}
