package dev.keyward.contract;

import java.util.List;
import java.util.Map;

/** Who the callers are. Safe for use by many threads at once; asked for every request, so it answers from memory. */
public interface PrincipalDirectory {
    /**
     * The principal that a caller is, with its policies as they stand now. The signature has been verified. A principal
     * that is gone meanwhile has no policies. Failures are {@link StoreException}s.
     */
    PrincipalRecord find(Caller caller);

    /**
     * The unique ids of users and roles, by ARN; of a session's ARN, that of its role. Whoever is not there has none.
     *
     * @param arns of users, roles and sessions of roles
     */
    Map<String, String> uniqueIds(List<String> arns);
}
