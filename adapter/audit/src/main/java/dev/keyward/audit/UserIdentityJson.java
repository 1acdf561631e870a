package dev.keyward.audit;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;

/**
 * Who acted, as CloudTrail's {@code userIdentity} says it: a principal with its unique id, or the service itself.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">
 *     CloudTrail userIdentity element</a>
 */
final class UserIdentityJson {
    private UserIdentityJson() {}

    static void write(JsonGenerator json, AuditEvent event) {
        Caller caller = event.caller();
        String account = event.scope().account().value();
        json.writeObjectPropertyStart("userIdentity");
        if (caller == null) {
            json.writeStringProperty("accountId", account);
            json.writeStringProperty("invokedBy", "AWS Internal");
        } else {
            write(json, caller, account);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Caller caller, String account) {
        switch (caller.identity()) {
            case CallerIdentity.RootUser root -> writePrincipal(json, "Root", root, account, caller.accessKeyId());
            case CallerIdentity.User user -> {
                writePrincipal(json, "IAMUser", user, account, caller.accessKeyId());
                json.writeStringProperty("userName", user.name());
            }
            case CallerIdentity.RoleSession of -> {
                writePrincipal(json, "AssumedRole", of, account, caller.accessKeyId());
                writeSession(json, of.session());
            }
            case WebIdentityUser vouchedFor -> {
                json.writeStringProperty("type", "WebIdentityUser");
                json.writeStringProperty("principalId", vouchedFor.principalId());
                json.writeStringProperty("userName", vouchedFor.subject());
                json.writeStringProperty("identityProvider", vouchedFor.providerArn());
            }
            case CallerIdentity.Operator operator -> { // CloudTrail has no word for one
                json.writeStringProperty("principalId", operator.principalId());
                json.writeStringProperty("accountId", account);
                json.writeStringProperty("userName", operator.name());
            }
        }
    }

    private static void writePrincipal(
            JsonGenerator json, String type, CallerIdentity identity, String account, String accessKeyId) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("principalId", identity.principalId());
        json.writeStringProperty("arn", identity.arn());
        json.writeStringProperty("accountId", account);
        json.writeStringProperty("accessKeyId", accessKeyId);
    }

    private static void writeSession(JsonGenerator json, TemporarySession session) {
        json.writeObjectPropertyStart("sessionContext");
        json.writeObjectPropertyStart("sessionIssuer");
        json.writeStringProperty("type", "Role");
        json.writeStringProperty("principalId", session.roleId());
        json.writeStringProperty("arn", session.roleArn());
        json.writeStringProperty("accountId", session.account().value());
        json.writeStringProperty("userName", session.roleName());
        json.writeEndObject();
        WebIdentityUser webIdentity = session.webIdentity();
        if (webIdentity != null) {
            writeFederation(json, webIdentity);
        }
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty(
                "creationDate",
                session.begunAt().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeStringProperty("mfaAuthenticated", "false");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeFederation(JsonGenerator json, WebIdentityUser webIdentity) {
        json.writeObjectPropertyStart("webIdFederationData");
        json.writeStringProperty("federatedProvider", webIdentity.providerArn());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty(webIdentity.providerName() + ":aud", webIdentity.audience());
        json.writeStringProperty(webIdentity.providerName() + ":sub", webIdentity.subject());
        json.writeEndObject();
        json.writeEndObject();
    }
}
