package dev.keyward.policy;

import java.util.regex.Pattern;

/** How the principals of a policy are written. */
final class PrincipalForms {
    private static final String PARTITION = "arn:aws(?:-[a-z-]{1,20})?:";
    private static final String ACCOUNT_FIELD = "(?<account>\\d{12}):";
    private static final String NAME = "[\\w+=,.@-]{1,128}";
    private static final String PATH = "(?:[\\x21-\\x7e&&[^/*?]]{1,512}/){0,64}";

    static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    static final Pattern ROOT_ARN = Pattern.compile(PARTITION + "iam::" + ACCOUNT_FIELD + "root");

    /** A user, a role, or a session of a role or federated user. Groups are no principals. */
    static final Pattern IDENTITY_ARN = Pattern.compile(PARTITION
            + "(?:iam::\\d{12}:(?:user|role)/" + PATH + NAME
            + "|sts::\\d{12}:(?:assumed-role/" + NAME + "|federated-user)/" + NAME + ")");

    /** Unique ids of users (AIDA) and roles (AROA). */
    static final Pattern UNIQUE_ID = Pattern.compile("(?:AIDA|AROA)[A-Z0-9]{12,124}");

    static final Pattern SERVICE =
            Pattern.compile("(?:[a-z0-9-]{1,63}\\.){1,8}(?:amazonaws|amazon|aws)(?:\\.[a-z-]{2,20}){1,2}");

    static final Pattern DOMAIN = Pattern.compile("(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,63}");

    static final Pattern PROVIDER_ARN =
            Pattern.compile(PARTITION + "iam::\\d{12}:(?:saml|oidc)-provider/[\\x21-\\x7e&&[^*?]]{1,255}");

    static final Pattern CANONICAL_USER = Pattern.compile("[0-9a-f]{64}");

    private PrincipalForms() {}
}
