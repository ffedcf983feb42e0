package dev.tophalf.runtime.script;

import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import java.util.ArrayList;
import java.util.List;

/** A kernel of a few functions and types. */
public final class TestKernel {
    public static final int IRQ_HANDLED = 1;
    public static final List<String> LOG = new ArrayList<>();

    private TestKernel() {}

    public static KernelApi api() {
        return KernelApi.of(List.of(TestKernel.class), flags -> false);
    }

    @KernelFunction(header = "linux/test.h")
    public static int add(int a, int b) {
        return a + b;
    }

    @KernelFunction(header = "linux/test.h")
    public static long mix(long a, int b, Object c, boolean d, byte e, char f, short g) {
        return a + b + (c == null ? 0 : c.hashCode()) + (d ? 1 : 0) + e + f + g;
    }

    @KernelFunction(header = "linux/test.h")
    public static void log(String text) {
        LOG.add(text);
    }

    @KernelFunction(header = "linux/test.h")
    public static void poke() {
        LOG.add("poke");
    }

    @KernelFunction(header = "linux/test.h")
    public static int handle(handler_t handler, int irq, Object data) {
        return handler.handle(irq, data);
    }

    @KernelVariable(header = "linux/test.h")
    public static long jiffies() {
        return 17;
    }

    @DefinitionMacro(header = "linux/test.h")
    public static void MODULE_LICENSE(String license) {
        LOG.add(license);
    }

    /** A member of a host class that is not in the index. */
    public static void secret() {
        throw new AssertionError("secret() ran");
    }

    /** A function pointer type. */
    @KernelType(header = "linux/test.h")
    @FunctionalInterface
    public interface handler_t {
        int handle(int irq, Object data);
    }

    /** A generic one. */
    @KernelType(header = "linux/test.h")
    @FunctionalInterface
    public interface show_t<T, R> {
        R show(T value);
    }

    /** One without a result. */
    @KernelType(header = "linux/test.h")
    @FunctionalInterface
    public interface sink_t {
        void take(String text);
    }

    /** One whose result is wider than a function's may be. */
    @KernelType(header = "linux/test.h")
    @FunctionalInterface
    public interface widening_t {
        long widen(int value);
    }

    /** A struct of the kernel. */
    @KernelType(header = "linux/test.h")
    public static final class machine {
        public int irq;
        public Object data;
        private final Runtime runtime = Runtime.getRuntime();

        /** An operator. */
        public int plus(int n) {
            return irq + n;
        }

        /** What the kernel does with its struct, and no driver. */
        public void reset() {
            irq = 0;
        }

        public static Runtime host() {
            return new machine().runtime;
        }
    }
}
