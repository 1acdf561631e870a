package dev.keyward.audit;

/**
 * What an ARN says of what it names. Immutable and thread-safe.
 *
 * @param account whose it is
 * @param type CloudTrail's name of its kind
 */
record ResourceArn(String account, String type) {
    private static final int ACCOUNT = 4;
    private static final int RESOURCE = 5;

    /** Reads {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}; what is otherwise is an unknown thing of an unknown account. */
    static ResourceArn of(String arn) {
        String[] parts = arn.split(":", RESOURCE + 1);
        if (parts.length <= RESOURCE) {
            return new ResourceArn("", "");
        }
        return new ResourceArn(parts[ACCOUNT], type(parts[RESOURCE]));
    }

    private static String type(String resource) {
        return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
            case "alias" -> "AWS::KMS::Alias";
            case "user" -> "AWS::IAM::User";
            case "role" -> "AWS::IAM::Role";
            default -> "AWS::KMS::Key";
        };
    }
}
