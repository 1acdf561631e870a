package dev.keyward.boot.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document into {@link Node}s that know their lines. Duplicate names, anchors and aliases, names without a
 * value and a second document are refused. Not thread-safe; used once.
 */
public final class YamlReader {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final IntFunction<Origin> originOfLine;

    private YamlReader(YAMLParser parser, IntFunction<Origin> originOfLine) {
        this.parser = parser;
        this.originOfLine = originOfLine;
    }

    /**
     * Reads the text of a configuration file.
     *
     * @throws ConfigurationException if it is not one YAML mapping; an empty text is an empty mapping
     */
    public static Node.Mapping readFile(Path file, String text) {
        return switch (read(text, line -> Origin.line(file, line))) {
            case Node.Mapping mapping -> mapping;
            case Node.Scalar(String value, Origin origin)
            when value.isEmpty() -> new Node.Mapping(new LinkedHashMap<>(), origin);
            case Node other ->
                throw new ConfigurationException(
                        other.origin().description() + ": a configuration is a mapping of settings, 'name: value'");
        };
    }

    /**
     * Reads a value that was given in one piece, for instance in a variable of the environment.
     *
     * @throws ConfigurationException if it is not YAML
     */
    public static Node readValue(String text, Origin origin) {
        return read(text, line -> origin);
    }

    private static Node read(String text, IntFunction<Origin> originOfLine) {
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
            YamlReader reader = new YamlReader(parser, originOfLine);
            if (parser.nextToken() == null) {
                return new Node.Scalar("", originOfLine.apply(1));
            }
            Node root = reader.node("");
            if (parser.nextToken() != null) {
                throw reader.refusal("a second YAML document begins here; only one is read");
            }
            return root;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new ConfigurationException(originOfLine.apply(line).description() + ": not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
        }
    }

    private Node node(String path) {
        Origin origin = origin();
        // An anchor stands on the value; an alias arrives as a string that must not be taken for one.
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw refusal("anchors and aliases are not read");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return new Node.Mapping(members(path), origin);
        }
        if (token == JsonToken.START_ARRAY) {
            return new Node.Sequence(items(path), origin);
        }
        if (token == JsonToken.VALUE_NULL) {
            throw refusal((path.isEmpty() ? "the document" : path) + " has no value");
        }
        return new Node.Scalar(parser.getString(), origin);
    }

    private SequencedMap<String, Node> members(String path) {
        SequencedMap<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String memberPath = path.isEmpty() ? name : path + "." + name;
            if (members.containsKey(name)) {
                throw refusal(memberPath + " is given twice");
            }
            parser.nextToken();
            members.put(name, node(memberPath));
        }
        return members;
    }

    private List<Node> items(String path) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return items;
    }

    private Origin origin() {
        return originOfLine.apply(Math.max(1, parser.currentTokenLocation().getLineNr()));
    }

    private ConfigurationException refusal(String what) {
        return new ConfigurationException(origin().description() + ": " + what);
    }
}
