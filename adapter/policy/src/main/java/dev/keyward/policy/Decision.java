package dev.keyward.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a request is allowed, and why. Immutable and thread-safe.
 *
 * @param allowed whether it is
 * @param reasons for an allowed request all that had to agree, that of the resource's side first; for a refused one the
 *     one reason
 */
public record Decision(boolean allowed, List<Reason> reasons) {
    private static final String OF_ANOTHER_ACCOUNT =
            "because the resource does not exist in this Region, no resource-based policies allow access, or a "
                    + "resource-based policy explicitly denies access";

    /** Copies the list. */
    public Decision {
        reasons = List.copyOf(reasons);
    }

    static Decision allow(List<Reason> reasons) {
        return new Decision(true, reasons);
    }

    static Decision deny(Reason reason) {
        return new Decision(false, List.of(reason));
    }

    /** The reasons, to be read. */
    public String explanation() {
        return reasons.stream().map(Reason::toString).collect(Collectors.joining("; "));
    }

    /** Whether a statement denied: nothing that allows could help. */
    public boolean isExplicitDeny() {
        return !allowed && reasons.getFirst() instanceof Reason.ByStatement;
    }

    /**
     * What AWS answers for a refusal. Of another account's resource it says no more than {@link #messageOfStranger}.
     *
     * <p>Source: AWS IAM User Guide, "Troubleshoot access denied error messages".
     *
     * @param request what was asked
     * @param shownArn what the caller shall read of the resource
     * @throws IllegalStateException if it was allowed
     */
    public String message(AuthorizationRequest request, String shownArn) {
        if (allowed) {
            throw new IllegalStateException("not a refusal");
        }
        String ending = switch (reasons.getFirst()) {
            case Reason.ByStatement deny when isHidden(deny.type(), request) -> OF_ANOTHER_ACCOUNT;
            case Reason.ByStatement deny ->
                "with an explicit deny in " + deny.type().withArticle();
            case Reason.NothingAllows none when isHidden(none.type(), request) -> OF_ANOTHER_ACCOUNT;
            case Reason.NothingAllows none ->
                "because no %s allows the %s action".formatted(none.type().withoutArticle(), request.action());
            case Reason.ByGrant _, Reason.ByRootUser _ -> throw new IllegalStateException("cannot refuse");
        };
        return message(request.principal().principal().arn(), request.action(), shownArn, ending);
    }

    /** What AWS answers whoever may not know whether a resource of another account exists. */
    public static String messageOfStranger(String principalArn, String action, String resourceArn) {
        return message(principalArn, action, resourceArn, OF_ANOTHER_ACCOUNT);
    }

    private static boolean isHidden(PolicyType type, AuthorizationRequest request) {
        return type == PolicyType.RESOURCE_BASED && request.isAcrossAccounts();
    }

    private static String message(String principalArn, String action, String resourceArn, String ending) {
        return "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(principalArn, action, resourceArn, ending);
    }
}
