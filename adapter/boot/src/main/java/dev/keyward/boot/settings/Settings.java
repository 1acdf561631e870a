package dev.keyward.boot.settings;

import dev.keyward.boot.settings.Node.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one start, gathered from the command line, the environment and a file; where a setting is given in
 * more than one of them, that is also the order of precedence. Immutable and thread-safe.
 */
public final class Settings {
    private final String section;
    private final List<Setting<?>> table;
    private final Map<String, Node> options;
    private final Map<String, String> environment;
    private final Mapping file;

    /**
     * @param table every setting there is
     * @param options what the command line gives, by path
     * @param environment the environment
     * @param file the file's content
     * @throws ConfigurationException if the file has a setting that the table lacks
     */
    public Settings(List<Setting<?>> table, Map<String, Node> options, Map<String, String> environment, Mapping file) {
        this("", table, options, environment, file);
    }

    private Settings(
            String section,
            List<Setting<?>> table,
            Map<String, Node> options,
            Map<String, String> environment,
            Mapping file) {
        this.section = section;
        this.table = List.copyOf(table);
        this.options = options;
        this.environment = environment;
        this.file = file;
        refuseUnknown(file, "");
    }

    /**
     * The settings of one item of a list.
     *
     * @param section the item's place, for instance {@code accessKeys[0]}
     * @param table every setting an item has
     * @throws ConfigurationException if it is not a mapping, or has a setting that the table lacks
     */
    public static Settings ofItem(String section, List<Setting<?>> table, Node item) {
        if (!(item instanceof Mapping mapping)) {
            throw new ConfigurationException(section + " (" + item.origin().description() + ") must be a mapping of "
                    + table.stream().map(Setting::path).collect(Collectors.joining(", ")));
        }
        return new Settings(section + ".", table, Map.of(), Map.of(), mapping);
    }

    /**
     * The value of a setting, or its fallback, or nothing if it has neither.
     *
     * @throws ConfigurationException if the value is not allowed
     */
    public <T> Optional<T> find(Setting<T> setting) {
        Node node = given(setting);
        if (node == null) {
            if (setting.fallback() == null) {
                return Optional.empty();
            }
            node = setting.form().parse(setting.fallback(), Origin.fallback());
        }
        T value = setting.form().read(node);
        if (value == null) {
            throw refusal(setting, node);
        }
        return Optional.of(value);
    }

    /**
     * The value of a setting that must have one.
     *
     * @throws ConfigurationException if it has none, or it is not allowed
     */
    public <T> T require(Setting<T> setting) {
        return find(setting).orElseThrow(() -> missing(setting));
    }

    private ConfigurationException missing(Setting<?> setting) {
        String where = section.isEmpty()
                ? "in the configuration file, or in " + setting.variable()
                : file.origin().description();
        return new ConfigurationException(section + setting.path() + " is not set (" + where + "); it must be "
                + setting.form().allowed());
    }

    /** Whether a value was given, wherever. */
    public boolean isGiven(Setting<?> setting) {
        return given(setting) != null;
    }

    /** Where a value was given, as a person would name it; {@code default} if it was not. */
    public String origin(Setting<?> setting) {
        Node node = given(setting);
        return node == null ? "default" : node.origin().description();
    }

    private @Nullable Node given(Setting<?> setting) {
        Node option = options.get(setting.path());
        if (option != null) {
            return option;
        }
        String text = environment.get(setting.variable());
        return text != null
                ? setting.form().parse(text, Origin.environment(setting.variable()))
                : descend(setting.path());
    }

    private @Nullable Node descend(String path) {
        Node node = file;
        for (String name : path.split("\\.", -1)) {
            if (!(node instanceof Mapping mapping)) {
                return null;
            }
            node = mapping.members().get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private ConfigurationException refusal(Setting<?> setting, Node node) {
        String what = switch (node) {
            case Node.Scalar(String text, Origin origin) ->
                setting.form().mayBeShown() ? "\"" + text + "\"" : "the value given";
            case Node.Sequence sequence -> "the list given";
            case Mapping mapping -> "the mapping given";
        };
        return new ConfigurationException(
                section + setting.path() + " (" + node.origin().description() + "): " + what
                        + " is not allowed; it must be " + setting.form().allowed());
    }

    private void refuseUnknown(Mapping mapping, String prefix) {
        for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
            String path = prefix + member.getKey();
            if (table.stream().anyMatch(setting -> setting.path().equals(path))) {
                continue;
            }
            if (table.stream().noneMatch(setting -> setting.path().startsWith(path + "."))) {
                throw new ConfigurationException("unknown setting " + section + path + " ("
                        + member.getValue().origin().description() + "); known here: " + namesUnder(prefix));
            }
            if (!(member.getValue() instanceof Mapping nested)) {
                throw new ConfigurationException(
                        section + path + " (" + member.getValue().origin().description()
                                + ") is a section; known in it: " + namesUnder(path + "."));
            }
            refuseUnknown(nested, path + ".");
        }
    }

    private String namesUnder(String prefix) {
        return table.stream()
                .map(Setting::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
