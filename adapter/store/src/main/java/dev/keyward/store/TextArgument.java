package dev.keyward.store;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds text, and refuses what is not Unicode: half a surrogate pair would be kept as a question mark. Thread-safe. */
final class TextArgument extends AbstractArgumentFactory<String> {
    TextArgument() {
        super(Types.VARCHAR);
    }

    /** @throws IllegalArgumentException if {@code text} has half a surrogate pair */
    @Override
    protected Argument build(String text, ConfigRegistry config) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text with half a surrogate pair cannot be stored");
        }
        return (position, statement, context) -> statement.setString(position, text);
    }
}
