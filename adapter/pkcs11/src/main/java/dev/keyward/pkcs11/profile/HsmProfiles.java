package dev.keyward.pkcs11.profile;

import dev.keyward.pkcs11.session.TokenDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The profiles of a directory. Immutable and thread-safe. */
public final class HsmProfiles {
    private static final String SUFFIX = ".yaml";
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final List<HsmProfile> profiles;

    private HsmProfiles(List<HsmProfile> profiles) {
        this.profiles = profiles;
    }

    /**
     * Reads every {@code .yaml} file of a directory.
     *
     * @throws ProfileException if one is wrong
     */
    public static HsmProfiles read(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return new HsmProfiles(files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(HsmProfiles::readFile)
                    .toList());
        } catch (IOException e) {
            throw new ProfileException("cannot read the profiles in " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads one profile.
     *
     * @throws ProfileException if it is wrong
     */
    public static HsmProfile readFile(Path file) {
        HsmProfile profile;
        try {
            profile = MAPPER.readValue(Files.readAllBytes(file), HsmProfile.class);
        } catch (IOException e) {
            throw new ProfileException("cannot read the profile " + file + ": " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new ProfileException("profile " + file + ": " + reason(e), e);
        }
        if (!file.getFileName().toString().equals(profile.name() + SUFFIX)) {
            throw new ProfileException("profile " + file + ": name: is " + profile.name() + ", unlike the file", null);
        }
        return profile;
    }

    /** All of them, in the order of their names. */
    public List<HsmProfile> all() {
        return profiles;
    }

    /** The one of that name. */
    public Optional<HsmProfile> named(String name) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /** The first one that recognises a token. */
    public Optional<HsmProfile> recognising(TokenDescription token) {
        return profiles.stream().filter(profile -> profile.recognises(token)).findFirst();
    }

    private static String reason(JacksonException e) {
        String path = e instanceof DatabindException databind
                ? databind.getPath().stream()
                        .map(step ->
                                step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                        .collect(Collectors.joining("."))
                : "";
        String what = switch (e) {
            case UnrecognizedPropertyException unknown -> "there is no such field";
            default ->
                e.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : e.getOriginalMessage();
        };
        String oneLine = String.valueOf(what).lines().findFirst().orElse("");
        return path.isEmpty() ? oneLine : path + ": " + oneLine;
    }
}
