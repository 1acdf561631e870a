package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.policy.IdentityPolicy;
import dev.keyward.policy.TrustPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What names, paths, tags and policies must be like, as AWS IAM has it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM and STS quotas</a>
 */
final class IdentityForms {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final Pattern POLICY_NAME = Pattern.compile("[\\w+=,.@-]{1,128}");
    private static final Pattern PATH = Pattern.compile("/|(?=.{1,512}$)/(?:[\\x21-\\x7e&&[^/*?]]+/)+");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int LONGEST_TAG_KEY = 128;
    private static final int LONGEST_TAG_VALUE = 256;
    private static final int MOST_TAGS = 50;
    private static final Duration SHORTEST_LONGEST_SESSION = Duration.ofHours(1);
    private static final Duration LONGEST_LONGEST_SESSION = Duration.ofHours(12);

    private IdentityForms() {}

    static void checkName(String place, String name) {
        require(NAME.matcher(name).matches(), place + ": a name has 1 to 64 letters, digits and _+=,.@-");
    }

    static void checkPolicyName(String place, String name) {
        require(
                POLICY_NAME.matcher(name).matches(),
                place + ": the name of a policy has 1 to 128 letters, digits and _+=,.@-, unlike \"" + name + "\"");
    }

    static void checkPath(String place, String path) {
        require(
                PATH.matcher(path).matches(),
                place + ": a path is / or begins and ends with /, in at most 512 characters, unlike \"" + path + "\"");
    }

    static void checkTags(String place, Map<String, String> tags) {
        require(tags.size() <= MOST_TAGS, place + ": there can be at most " + MOST_TAGS + " tags");
        tags.forEach((key, value) -> require(
                !key.isEmpty()
                        && key.length() <= LONGEST_TAG_KEY
                        && value.length() <= LONGEST_TAG_VALUE
                        && TAG.matcher(key).matches()
                        && TAG.matcher(value).matches()
                        && !key.regionMatches(true, 0, "aws:", 0, 4),
                place + ": tag \"" + key + "\" must have a key of 1 to 128 and a value of at most 256 letters, digits,"
                        + " spaces and _.:/=+-@, and its key must not begin with aws:"));
    }

    static void checkPolicy(String place, PolicyDocument policy) {
        checkPolicyName(place, policy.name());
        checkDocument(place + ": policy " + policy.name(), () -> IdentityPolicy.parse(policy.name(), policy.text()));
    }

    static TrustPolicy checkTrustPolicy(String place, String text, AccountId owner) {
        return checkDocument(place + ": trust policy", () -> TrustPolicy.parse(text, owner));
    }

    static void checkLongestSession(String place, Duration longest) {
        require(
                longest.compareTo(SHORTEST_LONGEST_SESSION) >= 0 && longest.compareTo(LONGEST_LONGEST_SESSION) <= 0,
                place + ": the longest session has 3600 to 43200 seconds");
    }

    private static <T> T checkDocument(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (KeywardException malformed) {
            throw new IdentityException(what + ": " + malformed.getMessage());
        }
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IdentityException(refusal);
        }
    }
}
