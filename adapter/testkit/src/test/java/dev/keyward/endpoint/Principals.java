package dev.keyward.endpoint;

import dev.keyward.testkit.Identity;
import dev.keyward.testkit.LocalKeyward;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * Those who ask in the tests of who may do what, each with credentials of its own. In the account of the keys:
 *
 * <ul>
 *   <li>{@code root}, the account's root user
 *   <li>{@code owner}, who makes the keys and whom every key policy names
 *   <li>{@code named}, without any policy: only a key policy can allow it something
 *   <li>{@code permitted}, whose identity policy allows it everything
 *   <li>{@code bare}, without any policy, and named nowhere
 *   <li>{@code barred}, whose identity policies allow it everything and deny it all the same
 *   <li>{@code shunned}, whose identity policy allows it everything, and whom a key policy may deny it
 *   <li>{@code session} and {@code narrowed}, of a role that is allowed everything; the latter with a session policy
 *   <li>{@code grantee}, without any policy: for grants
 * </ul>
 *
 * <p>In another account {@code visitor}, whose identity policy allows everything, and {@code guest}, who has none.
 */
final class Principals implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";

    /** What the narrowed session may still do. */
    private static final String SESSION_POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": [
              "kms:CreateAlias", "kms:CreateGrant", "kms:DescribeKey", "kms:Encrypt", "kms:ListKeys", "kms:ReEncrypt*",
              "kms:TagResource"]}}""";

    private static final String IDENTITIES = """
            accounts:
              "111122223333":
                users:
                  owner: {policies: {allow: %1$s}}
                  named: {}
                  permitted: {policies: {allow: %1$s}}
                  bare: {}
                  barred: {policies: {allow: %1$s, deny: %2$s}}
                  shunned: {policies: {allow: %1$s}}
                  grantee: {}
                roles:
                  worker:
                    policies: {allow: %1$s}
                    trustPolicy:
                      Version: "2012-10-17"
                      Statement:
                        Effect: Allow
                        Principal: {AWS: "arn:aws:iam::111122223333:user/owner"}
                        Action: sts:AssumeRole
              "444455556666":
                users:
                  visitor: {policies: {allow: %1$s}}
                  guest: {}
            """.formatted(toAll("Allow"), toAll("Deny"));

    private static String toAll(String effect) {
        return "{Version: \"2012-10-17\", Statement: {Effect: %s, Action: \"kms:*\", Resource: \"*\"}}"
                .formatted(effect);
    }

    private final LocalKeyward keyward;
    private final Function<String, ExecutionInterceptor> interceptor;
    private final Map<String, Member> members = new LinkedHashMap<>();

    private record Member(String arn, KmsClient client) {}

    /** Makes them known. */
    Principals(LocalKeyward keyward) {
        this(keyward, arn -> new ExecutionInterceptor() {});
    }

    /** @param interceptor gives what sees the requests of a principal and their answers, by its ARN */
    Principals(LocalKeyward keyward, Function<String, ExecutionInterceptor> interceptor) {
        this.keyward = keyward;
        this.interceptor = interceptor;
        keyward.applyIdentities(IDENTITIES);
        add("root", keyward.root());
        for (String user : new String[] {"owner", "named", "permitted", "bare", "barred", "shunned", "grantee"}) {
            add(user, keyward.signIn(ACCOUNT, user));
        }
        for (String user : new String[] {"visitor", "guest"}) {
            add(user, keyward.signIn(OTHER_ACCOUNT, user));
        }
        addSession("session", null);
        addSession("narrowed", SESSION_POLICY);
    }

    private void add(String name, Identity identity) {
        add(name, identity.principalArn(), identity.credentials());
    }

    private void addSession(String name, @Nullable String policy) {
        Identity owner = keyward.signIn(ACCOUNT, "owner");
        try (StsClient sts = Clients.sts(keyward, owner.credentials(), interceptor.apply(owner.principalArn()))) {
            AssumeRoleResponse assumed = sts.assumeRole(request ->
                    request.roleArn(roleArn("worker")).roleSessionName(name).policy(policy));
            add(name, assumed.assumedRoleUser().arn(), Clients.session(assumed.credentials()));
        }
    }

    private void add(String name, String arn, AwsCredentialsProvider credentials) {
        members.put(name, new Member(arn, Clients.kms(keyward, credentials, interceptor.apply(arn))));
    }

    private static String roleArn(String name) {
        return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
    }

    /** What they are called above. */
    Set<String> names() {
        return members.keySet();
    }

    /** A client that signs as one of them. */
    KmsClient client(String name) {
        return member(name).client;
    }

    /** The ARN of one of them. */
    String arn(String name) {
        return member(name).arn;
    }

    private Member member(String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    @Override
    public void close() {
        members.values().forEach(member -> member.client.close());
    }
}
