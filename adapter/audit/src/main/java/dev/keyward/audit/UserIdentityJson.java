package dev.keyward.audit;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Who acted, as CloudTrail's {@code userIdentity} says it: a principal, whose kind its ARN tells, or the service itself.
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
            writePrincipal(json, caller.principalArn(), account);
            json.writeStringProperty("accessKeyId", caller.accessKeyId());
        }
        json.writeEndObject();
    }

    private static void writePrincipal(JsonGenerator json, String arn, String account) {
        String resource = arn.substring(arn.lastIndexOf(':') + 1);
        String type = type(resource);
        if (type != null) {
            json.writeStringProperty("type", type);
        }
        json.writeStringProperty("arn", arn);
        json.writeStringProperty("accountId", account);
        if ("IAMUser".equals(type)) {
            json.writeStringProperty("userName", resource.substring(resource.lastIndexOf('/') + 1));
        }
    }

    /** CloudTrail's name for that kind of principal; null for one that it has no name for. */
    private static @Nullable String type(String resource) {
        if (resource.equals("root")) {
            return "Root";
        }
        return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
            case "user" -> "IAMUser";
            case "assumed-role" -> "AssumedRole";
            case "role" -> "Role";
            case "federated-user" -> "FederatedUser";
            case "oidc-provider" -> "WebIdentityUser";
            default -> null;
        };
    }
}
