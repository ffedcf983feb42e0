package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.TaskletState;
import dev.tophalf.linux.kernel.Tasklets;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DefinitionMacro.TypeOf;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/interrupt.h}: tasklets, functions to run soon in softirq context ({@code kernel/softirq.c}). */
public final class Tasklet {
    private Tasklet() {}

    /** The callback of a tasklet. */
    @KernelType(header = "linux/interrupt.h")
    @FunctionalInterface
    public interface tasklet_callback_t {
        /** Called in softirq context, with the tasklet not scheduled. */
        void run(tasklet_struct tasklet);
    }

    /** A tasklet: storage inside its struct, to be set up before use. */
    @KernelType(header = "linux/interrupt.h", embedded = true)
    public static final class tasklet_struct extends EmbeddedStruct {
        /** What to run. */
        public @Nullable tasklet_callback_t callback;

        final TaskletState state = new TaskletState(this);
    }

    /** Defines a tasklet with file scope, set up and enabled. */
    @DefinitionMacro(header = "linux/interrupt.h", declares = "%s")
    public static tasklet_struct DECLARE_TASKLET(@Name String name, tasklet_callback_t callback) {
        tasklet_struct tasklet = EmbeddedStruct.embed(new tasklet_struct(), null, name);
        tasklet.callback = callback;
        return tasklet;
    }

    /** Defines a tasklet with file scope, set up and disabled. */
    @DefinitionMacro(header = "linux/interrupt.h", declares = "%s")
    public static tasklet_struct DECLARE_TASKLET_DISABLED(@Name String name, tasklet_callback_t callback) {
        tasklet_struct tasklet = DECLARE_TASKLET(name, callback);
        tasklet.state.disable();
        return tasklet;
    }

    /**
     * Makes a tasklet ready for use, enabled and not scheduled.
     *
     * <p>Context: any. The tasklet must not be scheduled.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "tasklet_kill")
    public static void tasklet_setup(tasklet_struct t, tasklet_callback_t callback) {
        tasklet_struct target = Arguments.require(t, "tasklet_setup()");
        if (tasklets().setUp(target.state)) {
            Misuses.report(
                    "tasklet-scheduled",
                    "tasklet_setup() of " + EmbeddedStruct.nameOf(target) + ", which is scheduled",
                    "",
                    "set a tasklet up once, before anybody can schedule it");
        }
        target.callback = callback;
    }

    /**
     * The struct that has {@code callback_tasklet} as its member {@code tasklet_fieldname}, for a callback:
     * {@code button b = from_tasklet(b, t, tasklet)}.
     *
     * <p>Context: any.
     *
     * @param var a variable of the struct's type
     */
    @KernelFunction(header = "linux/interrupt.h")
    public static <T> T from_tasklet(
            @TypeOf Class<T> var, tasklet_struct callback_tasklet, @Name String tasklet_fieldname) {
        return ListEntries.entry(callback_tasklet, var, tasklet_fieldname, "from_tasklet()");
    }

    /**
     * Lets a tasklet run once, soon, on this CPU. One that is scheduled already stays so.
     *
     * <p>Context: any. Not after {@link #tasklet_kill}.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "tasklet_kill")
    public static void tasklet_schedule(tasklet_struct t) {
        schedule(t, Softirq.TASKLET, "tasklet_schedule()");
    }

    /**
     * As {@link #tasklet_schedule}, before every other softirq.
     *
     * <p>Context: any. Not after {@link #tasklet_kill}.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "tasklet_kill")
    public static void tasklet_hi_schedule(tasklet_struct t) {
        schedule(t, Softirq.HI, "tasklet_hi_schedule()");
    }

    /**
     * Keeps a tasklet from running until {@link #tasklet_enable} has been called as often; waits for its callback.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "tasklet_enable")
    public static void tasklet_disable(tasklet_struct t) {
        tasklets().disable(Arguments.require(t, "tasklet_disable()").state);
    }

    /**
     * Keeps a tasklet from running until {@link #tasklet_enable} has been called as often. Its callback may still run
     * on another CPU.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "tasklet_enable")
    public static void tasklet_disable_nosync(tasklet_struct t) {
        Arguments.require(t, "tasklet_disable_nosync()").state.disable();
    }

    /**
     * Takes one disable back. A tasklet that was scheduled meanwhile runs.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "tasklet_disable")
    public static void tasklet_enable(tasklet_struct t) {
        tasklet_struct target = Arguments.require(t, "tasklet_enable()");
        if (!tasklets().enable(target.state)) {
            Misuses.report(
                    "tasklet-enable-unbalanced",
                    "tasklet_enable() of " + EmbeddedStruct.nameOf(target) + ", which is not disabled",
                    "",
                    "pair it with one tasklet_disable()");
        }
    }

    /**
     * Waits until a tasklet that was scheduled has run: what a driver does before its memory goes. A disabled one never
     * does.
     *
     * <p>Context: process. Sleeps. Nobody may schedule it again.
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "tasklet_setup")
    public static void tasklet_kill(tasklet_struct t) {
        tasklets().kill(Arguments.require(t, "tasklet_kill()").state);
    }

    private static Tasklets tasklets() {
        return Tasklets.of(Simulation.current());
    }

    private static void schedule(@Nullable tasklet_struct tasklet, Softirq vector, String call) {
        tasklets().schedule(Arguments.require(tasklet, call).state, vector, call);
    }
}
