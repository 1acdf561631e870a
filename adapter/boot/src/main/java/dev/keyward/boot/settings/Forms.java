package dev.keyward.boot.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms that settings have. */
public final class Forms {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Forms() {}

    /** One line of text, not empty. */
    public static Form<String> text() {
        return scalar("a text of 1 to 200 characters on one line", text -> isLine(text) ? text : null);
    }

    /** A whole number. */
    public static Form<Integer> integer(int minimum, int maximum) {
        return scalar("a whole number from " + minimum + " to " + maximum, text -> {
            if (!text.matches("-?\\d{1,9}")) {
                return null;
            }
            int number = Integer.parseInt(text);
            return number >= minimum && number <= maximum ? number : null;
        });
    }

    /** True or false, and no other spelling of them. */
    public static Form<Boolean> trueOrFalse() {
        return scalar(
                "true or false",
                text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null);
    }

    /** A path; a relative one is relative to where it was given. */
    public static Form<Path> path() {
        return new Form<>() {
            @Override
            public String allowed() {
                return "a path";
            }

            @Override
            public @Nullable Path read(Node node) {
                if (!(node instanceof Node.Scalar(String text, Origin origin)) || text.isEmpty()) {
                    return null;
                }
                try {
                    return origin.baseDirectory().resolve(text).normalize();
                } catch (InvalidPathException e) {
                    return null;
                }
            }
        };
    }

    /** The name of a variable of the environment. What stands there instead may be a secret, so it is never shown. */
    public static Form<String> variableName() {
        Form<String> form = scalar(
                "the name of an environment variable: letters, digits and _",
                text -> VARIABLE.matcher(text).matches() ? text : null);
        return hidden(form);
    }

    /** Whatever a constructor takes that throws IllegalArgumentException for the rest. */
    public static <T> Form<T> parsed(String allowed, Function<String, T> constructor) {
        return scalar(allowed, text -> {
            try {
                return constructor.apply(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        });
    }

    /** A list of at least one; on the command line and in the environment its items are divided by commas. */
    public static <T> Form<List<T>> listOf(Form<T> item) {
        return new Form<>() {
            @Override
            public String allowed() {
                return "a list of one or more, each " + item.allowed();
            }

            @Override
            public @Nullable List<T> read(Node node) {
                if (!(node instanceof Node.Sequence(List<Node> nodes, Origin origin)) || nodes.isEmpty()) {
                    return null;
                }
                List<T> values = new ArrayList<>();
                for (Node each : nodes) {
                    T value = item.read(each);
                    if (value == null) {
                        return null;
                    }
                    values.add(value);
                }
                return List.copyOf(values);
            }

            @Override
            public Node parse(String text, Origin origin) {
                List<Node> items = new ArrayList<>();
                for (String each : text.split(",", -1)) {
                    items.add(new Node.Scalar(each.strip(), origin));
                }
                return new Node.Sequence(items, origin);
            }
        };
    }

    /** Variables of the environment with their values; in the environment itself written as a YAML mapping. */
    public static Form<Map<String, String>> variables() {
        return new Form<>() {
            @Override
            public String allowed() {
                return "a mapping of names of environment variables to texts";
            }

            @Override
            public @Nullable Map<String, String> read(Node node) {
                if (!(node instanceof Node.Mapping mapping)) {
                    return null;
                }
                Map<String, String> values = new LinkedHashMap<>();
                for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
                    if (!VARIABLE.matcher(member.getKey()).matches()
                            || !(member.getValue() instanceof Node.Scalar(String text, Origin origin))) {
                        return null;
                    }
                    values.put(member.getKey(), text);
                }
                return Map.copyOf(values);
            }

            @Override
            public Node parse(String text, Origin origin) {
                return YamlReader.readValue(text, origin);
            }
        };
    }

    /** Anything that YAML can say, to be read further by whoever asked for it. */
    public static Form<Node> yaml(String allowed) {
        return new Form<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public Node read(Node node) {
                return node;
            }

            @Override
            public Node parse(String text, Origin origin) {
                return YamlReader.readValue(text, origin);
            }
        };
    }

    private static <T> Form<T> scalar(String allowed, Function<String, @Nullable T> reading) {
        return new Form<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public @Nullable T read(Node node) {
                return node instanceof Node.Scalar(String text, Origin origin) ? reading.apply(text) : null;
            }
        };
    }

    private static <T> Form<T> hidden(Form<T> form) {
        return new Form<>() {
            @Override
            public String allowed() {
                return form.allowed();
            }

            @Override
            public @Nullable T read(Node node) {
                return form.read(node);
            }

            @Override
            public boolean mayBeShown() {
                return false;
            }
        };
    }

    private static boolean isLine(String text) {
        return !text.isEmpty() && text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
    }
}
