package dev.keyward.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGTERM and SIGINT, which ask a process to stop. Left to the JVM they end it with exit code 143 or 130, which service
 * managers take for a failure, and a shutdown hook cannot choose another. The JDK's {@code sun.misc.Signal} can; it is
 * called by reflection because javac warns of its mere name.
 */
final class StopSignals {
    private static final String[] NAMES = {"TERM", "INT"};

    private StopSignals() {}

    /** From now on the two signals run {@code stop}, on a thread of the JVM, and do nothing else. */
    static void handle(Runnable stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler stopping = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    stop.run();
                }
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, stopping);
            for (String name : NAMES) {
                Object named = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, named, ours);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM lets nobody handle SIGTERM and SIGINT", e);
        }
    }
}
