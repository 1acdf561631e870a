package dev.keyward.testkit;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Gives the tests of a class one {@link LocalKeyward}, started before the first of them and stopped after the
 * last; nested classes share it.
 * Test methods and constructors may take it, or a {@link KmsClient} of its root identity, as a parameter.
 *
 * <pre>{@code
 * @ExtendWith(KeywardExtension.class)
 * class PaymentsTest {
 *     @Test
 *     void cardNumbersAreEncrypted(KmsClient kms) { ... }
 * }
 * }</pre>
 *
 * <p>To start it in other circumstances, register it in a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KeywardExtension KEYWARD = KeywardExtension.with(builder -> builder.account("444455556666"));
 * }</pre>
 *
 * <p>Test classes that run in parallel have a Keyward each.
 */
public final class KeywardExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KeywardExtension.class);

    private final UnaryOperator<LocalKeyward.Builder> circumstances;

    /** One with a root identity in one account, and one Region. */
    public KeywardExtension() {
        this(UnaryOperator.identity());
    }

    private KeywardExtension(UnaryOperator<LocalKeyward.Builder> circumstances) {
        this.circumstances = circumstances;
    }

    /** One that is started as a builder says. */
    public static KeywardExtension with(UnaryOperator<LocalKeyward.Builder> circumstances) {
        return new KeywardExtension(circumstances);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        boolean isNested = store.get(LocalKeyward.class) != null;
        if (isNested) {
            return; // the enclosing class has one
        }
        // What is in the store is closed when the tests of this class are done.
        LocalKeyward keyward = circumstances.apply(LocalKeyward.builder()).start();
        store.put(LocalKeyward.class, keyward);
        store.put(KmsClient.class, keyward.kms());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalKeyward.class || type == KmsClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getStore(NAMESPACE).get(type, type);
    }
}
