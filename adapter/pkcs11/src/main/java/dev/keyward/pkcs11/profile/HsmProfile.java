package dev.keyward.pkcs11.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keyward.contract.EllipticCurve;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.session.TokenDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of HSM is driven: a file of {@code hsm-config}, whose README says what each field means. Immutable and
 * thread-safe.
 *
 * @param name the file's name without {@code .yaml}
 * @param title what people call the HSM
 * @param status whether the conformance suite has run on it
 * @param sources what the profile was written from
 * @param libraries where the library usually lies, the likeliest first
 * @param recognise how to tell that a token is one of these
 * @param initialisation what the library is initialised with; {@code ${directory}} stands for the token's directory
 * @param environment what the library finds in its environment
 * @param label how long a label may be
 * @param id how long an id may be
 * @param sessions how many sessions there may be
 * @param derivation how working subkeys are derived
 * @param gcmIv who makes the IV
 * @param oaep which OAEP the token can do
 * @param curves the elliptic curves that the token knows; null for the three of NIST
 * @param rfc5649Mechanism the number of AES key wrap with padding as RFC 5649 has it; null if there is none
 * @param privateKeysUnwrapped whether C_UnwrapKey makes private keys, and as their template asks; null for yes
 * @param templates what templates need besides what they always have
 * @param allowedMechanisms whether CKA_ALLOWED_MECHANISMS is known
 * @param unwrapTemplate whether CKA_UNWRAP_TEMPLATE is known
 * @param publicKeyPrivate whether a public key can be seen only after a login (CKA_PRIVATE); null for yes
 * @param invalidSignatureIsDeviceError whether C_Verify answers CKR_DEVICE_ERROR for a wrong signature; null for no
 * @param oneChangeAtATime whether the library goes wrong if objects of the token are sought while others are made;
 *     null for no
 * @param notes for people
 */
public record HsmProfile(
        String name,
        String title,
        Status status,
        List<String> sources,
        List<String> libraries,
        Recognition recognise,
        @Nullable String initialisation,
        Map<String, String> environment,
        LengthLimit label,
        LengthLimit id,
        SessionLimit sessions,
        Derivation derivation,
        IvOrigin gcmIv,
        Oaep oaep,
        @Nullable List<EllipticCurve> curves,
        @Nullable MechanismNumber rfc5649Mechanism,
        @Nullable Boolean privateKeysUnwrapped,
        Templates templates,
        boolean allowedMechanisms,
        boolean unwrapTemplate,
        @Nullable Boolean publicKeyPrivate,
        @Nullable Boolean invalidSignatureIsDeviceError,
        @Nullable Boolean oneChangeAtATime,
        @Nullable String notes) {
    private static final List<EllipticCurve> NIST_CURVES =
            List.of(EllipticCurve.NIST_P256, EllipticCurve.NIST_P384, EllipticCurve.NIST_P521);
    private static final String DIRECTORY = "${directory}";

    /** Whether anybody has seen it work. */
    public enum Status {
        /** The conformance suite passes on it. */
        @JsonProperty("proven")
        PROVEN,
        /** Written from public documentation alone. */
        @JsonProperty("unproven")
        UNPROVEN
    }

    /** How working subkeys are derived. */
    public enum Derivation {
        @JsonProperty("none")
        NONE,
        @JsonProperty("sp800-108-cmac")
        SP800_108_CMAC,
        @JsonProperty("ecb-encrypt-data")
        ECB_ENCRYPT_DATA
    }

    /** Who makes the GCM IV. */
    public enum IvOrigin {
        /** Keyward asks the token for random bytes and hands them in. */
        @JsonProperty("host")
        HOST,
        /** The token insists on making it and writes it into the parameters. */
        @JsonProperty("token")
        TOKEN
    }

    /** Regular expressions that have to match whole values; those not given match everything. */
    public record Recognition(
            @Nullable String manufacturer, @Nullable String model) {
        public Recognition {
            requireExpression("recognise.manufacturer", manufacturer);
            requireExpression("recognise.model", model);
        }

        private static void requireExpression(String field, @Nullable String expression) {
            if (expression != null) {
                try {
                    Pattern.compile(expression);
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException(field + " is no regular expression: " + e.getDescription(), e);
                }
            }
        }

        boolean accepts(TokenDescription token) {
            return (manufacturer != null || model != null)
                    && (manufacturer == null || token.manufacturer().matches(manufacturer))
                    && (model == null || token.model().matches(model));
        }
    }

    /** How long something may be. */
    public record LengthLimit(int maximumLengthBytes) {
        public LengthLimit {
            if (maximumLengthBytes < 1 || maximumLengthBytes > 4096) {
                throw new IllegalArgumentException("maximumLengthBytes is not between 1 and 4096");
            }
        }
    }

    /** How many sessions there may be, the one that keeps session objects included. */
    public record SessionLimit(int maximum) {
        public SessionLimit {
            if (maximum < 2 || maximum > 65536) {
                throw new IllegalArgumentException("maximum is not between 2 and 65536");
            }
        }
    }

    /** Which OAEP the token can do, and whether the host may do the rest. */
    public record Oaep(List<OaepHash> tokenHashes, boolean hostUnpadding) {
        public Oaep {
            requireGiven("oaep.tokenHashes", tokenHashes);
            tokenHashes = List.copyOf(tokenHashes);
        }
    }

    /** Attributes that templates need besides what they always have. */
    public record Templates(ExtraAttributes secretKey, ExtraAttributes wrappingKey) {
        public Templates {
            requireGiven("templates.secretKey", secretKey);
            requireGiven("templates.wrappingKey", wrappingKey);
        }
    }

    /** @throws IllegalArgumentException if a field is missing that must not be */
    public HsmProfile {
        requireGiven("name", name);
        requireGiven("title", title);
        requireGiven("status", status);
        requireGiven("sources", sources);
        requireGiven("libraries", libraries);
        requireGiven("recognise", recognise);
        requireGiven("label", label);
        requireGiven("id", id);
        requireGiven("sessions", sessions);
        requireGiven("derivation", derivation);
        requireGiven("gcmIv", gcmIv);
        requireGiven("oaep", oaep);
        requireGiven("templates", templates);
        sources = List.copyOf(sources);
        libraries = List.copyOf(libraries);
        curves = curves == null ? null : List.copyOf(curves);
        environment = givenOrEmpty(environment);
    }

    /** Whether the token knows a curve: no mechanism tells. */
    public boolean knows(EllipticCurve curve) {
        return (curves == null ? NIST_CURVES : curves).contains(curve);
    }

    /** Whether the token makes private keys out of wrapped ones, as their template asks. */
    public boolean unwrapsPrivateKeys() {
        return privateKeysUnwrapped == null || privateKeysUnwrapped;
    }

    /** Whether public keys can be kept from who has not logged in. */
    public boolean keepsPublicKeysPrivate() {
        return publicKeyPrivate == null || publicKeyPrivate;
    }

    /** Whether a device that says it failed to verify a signature means that the signature is wrong. */
    public boolean saysDeviceErrorOfWrongSignatures() {
        return invalidSignatureIsDeviceError != null && invalidSignatureIsDeviceError;
    }

    /** Whether objects of the token must be made and destroyed one at a time, with nobody searching meanwhile. */
    public boolean changesOneAtATime() {
        return oneChangeAtATime != null && oneChangeAtATime;
    }

    /** Whether that token is one of these. */
    public boolean recognises(TokenDescription token) {
        return recognise.accepts(token);
    }

    /**
     * The initialisation string for a token that lives in a directory.
     *
     * @throws IllegalArgumentException if it needs a directory and none is given
     */
    public @Nullable String initialisation(@Nullable Path directory) {
        return initialisation == null ? null : resolve("initialisation", initialisation, directory);
    }

    /**
     * The environment for a token that lives in a directory. Without a directory, what would need one is left as the
     * process has it.
     */
    public Map<String, String> environment(@Nullable Path directory) {
        return environment.entrySet().stream()
                .filter(entry -> directory != null || !entry.getValue().contains(DIRECTORY))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> resolve("environment", entry.getValue(), directory)));
    }

    private String resolve(String field, String value, @Nullable Path directory) {
        if (!value.contains(DIRECTORY)) {
            return value;
        }
        if (directory == null) {
            throw new IllegalArgumentException("profile " + name + " needs the token's directory for its " + field);
        }
        return value.replace(DIRECTORY, directory.toAbsolutePath().toString());
    }

    private static void requireGiven(String field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the field " + field + " is missing");
        }
    }

    private static Map<String, String> givenOrEmpty(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }
}
