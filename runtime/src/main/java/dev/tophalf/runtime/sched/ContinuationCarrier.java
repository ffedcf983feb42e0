package dev.tophalf.runtime.sched;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all bodies on the host's thread, each as a continuation of the JDK: what its virtual threads are made of.
 *
 * <p>The class is internal to the JDK (21 and later; monitors held in a body need 24) and has to be exported with
 * {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
public final class ContinuationCarrier implements Carrier {
    private static final int FIRST_WITHOUT_PINNING_MONITORS = 24;
    private static final @Nullable Jdk JDK = Jdk.find();

    private final Jdk jdk;
    private @Nullable Body next;

    public ContinuationCarrier() {
        Jdk found = JDK;
        if (found == null) {
            throw new IllegalStateException("this JVM has no continuations, or does not export them");
        }
        jdk = found;
    }

    /** Whether this JVM has continuations and lets this class use them. */
    public static boolean isAvailable() {
        return JDK != null;
    }

    @Override
    public String name() {
        return "continuation";
    }

    @Override
    public Fiber create(String name, Supplier<@Nullable Fiber> body) {
        return new Body(body);
    }

    @Override
    public void enter(Fiber fiber) {
        next = (Body) fiber;
        for (Body body = next; body != null; body = next) {
            next = null;
            jdk.run(body.continuation);
        }
    }

    @Override
    public void leave(Fiber from, @Nullable Fiber to) {
        next = (Body) to;
        jdk.yieldNow();
    }

    @Override
    public void close() {
        next = null;
    }

    private final class Body implements Fiber {
        final Object continuation;

        Body(Supplier<@Nullable Fiber> body) {
            continuation = jdk.create(() -> next = (Body) body.get());
        }
    }

    /** The three things that the JDK's class is asked for. */
    private record Jdk(Object scope, MethodHandle create, MethodHandle run, MethodHandle yield) {
        static @Nullable Jdk find() {
            if (Runtime.version().feature() < FIRST_WITHOUT_PINNING_MONITORS) {
                return null;
            }
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Class<?> scopeType = Class.forName("jdk.internal.vm.ContinuationScope");
                Class<?> type = Class.forName("jdk.internal.vm.Continuation");
                Object scope = lookup.findConstructor(scopeType, MethodType.methodType(void.class, String.class))
                        .invoke("tophalf");
                MethodHandle create = lookup.findConstructor(
                                type, MethodType.methodType(void.class, scopeType, Runnable.class))
                        .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
                MethodHandle run = lookup.findVirtual(type, "run", MethodType.methodType(void.class))
                        .asType(MethodType.methodType(void.class, Object.class));
                MethodHandle yield = lookup.findStatic(type, "yield", MethodType.methodType(boolean.class, scopeType))
                        .asType(MethodType.methodType(boolean.class, Object.class));
                return new Jdk(scope, create, run, yield);
            } catch (Throwable absent) {
                return null;
            }
        }

        Object create(Runnable body) {
            try {
                return create.invokeExact(scope, body);
            } catch (Throwable broken) {
                throw new IllegalStateException("no continuation: " + broken, broken);
            }
        }

        void run(Object continuation) {
            try {
                run.invokeExact(continuation);
            } catch (Throwable broken) {
                throw new IllegalStateException("a task's body failed: " + broken, broken);
            }
        }

        void yieldNow() {
            try {
                boolean ignored = (boolean) yield.invokeExact(scope);
            } catch (Throwable pinned) {
                throw new IllegalStateException("a task cannot be left here: " + pinned, pinned);
            }
        }
    }
}
