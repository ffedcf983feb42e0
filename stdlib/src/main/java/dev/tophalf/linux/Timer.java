package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.TimerState;
import dev.tophalf.linux.kernel.Timers;
import dev.tophalf.linux.kernel.Timers.Arming;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DefinitionMacro.TypeOf;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux/timer.h}: functions to run at a jiffy, in softirq context ({@code kernel/time/timer.c}). */
public final class Timer {
    /** The timer need not wake an idle CPU. */
    public static final int TIMER_DEFERRABLE = 0x0008_0000;
    /** The timer stays on the CPU that arms it. */
    public static final int TIMER_PINNED = 0x0010_0000;
    /** The callback runs with interrupts off. */
    public static final int TIMER_IRQSAFE = 0x0020_0000;

    private static final String WHEN = "expires at its jiffy; Linux may be a jiffy late, and an eighth of a long time";

    private Timer() {}

    /** The callback of a timer. */
    @KernelType(header = "linux/timer.h")
    @FunctionalInterface
    public interface timer_callback_t {
        /** Called in softirq context, with the timer not pending. */
        void expire(timer_list timer);
    }

    /** A timer: storage inside its struct, to be set up before use. */
    @KernelType(header = "linux/timer_types.h", embedded = true)
    public static final class timer_list extends EmbeddedStruct {
        /** When it expires, in jiffies. */
        public long expires;
        /** What to run then; null after a shutdown. */
        public @Nullable timer_callback_t function;
        /** Of {@code TIMER_DEFERRABLE}, {@code TIMER_PINNED} and {@code TIMER_IRQSAFE}. */
        @CType("u32")
        public long flags;

        final TimerState state = new TimerState(this);
    }

    /** Defines a timer with file scope, set up and not armed. */
    @DefinitionMacro(header = "linux/timer.h", declares = "%s")
    public static timer_list DEFINE_TIMER(@Name String name, timer_callback_t function) {
        timer_list timer = EmbeddedStruct.embed(new timer_list(), null, name);
        timer.function = function;
        timer.state.setUp();
        return timer;
    }

    /**
     * Makes a timer ready for use, not armed.
     *
     * <p>Context: any. The timer must not be pending.
     */
    @KernelFunction(
            header = "linux/timer.h",
            pairsWith = "timer_shutdown_sync",
            simplified = "TIMER_DEFERRABLE and TIMER_PINNED change nothing: an idle CPU wakes, and no timer moves")
    public static void timer_setup(timer_list timer, timer_callback_t callback, int flags) {
        timer_list target = Arguments.require(timer, "timer_setup()");
        if (timers().detach(target.state)) {
            Misuses.report(
                    "timer-pending",
                    "timer_setup() of " + EmbeddedStruct.nameOf(target) + ", which is pending",
                    "ODEBUG: init active (active state 0) object type: timer_list",
                    "set a timer up once, before anybody can arm it");
        }
        target.function = callback;
        target.flags = Integer.toUnsignedLong(flags);
        target.state.setUp();
    }

    /**
     * The struct that has {@code callback_timer} as its member {@code timer_fieldname}, for a callback:
     * {@code button b = from_timer(b, t, timer)}.
     *
     * <p>Context: any.
     *
     * @param var a variable of the struct's type
     */
    @KernelFunction(header = "linux/timer.h")
    public static <T> T from_timer(@TypeOf Class<T> var, timer_list callback_timer, @Name String timer_fieldname) {
        return ListEntries.entry(callback_timer, var, timer_fieldname, "from_timer()");
    }

    /**
     * Arms a timer, which must not be pending, to expire at its member {@code expires}.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static void add_timer(timer_list timer) {
        add(timer, Simulation.current().cpu(), "add_timer()");
    }

    /**
     * As {@link #add_timer}, on this CPU and no other: sets the timer's flag {@code TIMER_PINNED}.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static void add_timer_local(timer_list timer) {
        Arguments.require(timer, "add_timer_local()").flags |= TIMER_PINNED;
        add(timer, Simulation.current().cpu(), "add_timer_local()");
    }

    /**
     * As {@link #add_timer}, on any CPU: clears the timer's flag {@code TIMER_PINNED}.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static void add_timer_global(timer_list timer) {
        Arguments.require(timer, "add_timer_global()").flags &= ~TIMER_PINNED;
        add(timer, Simulation.current().cpu(), "add_timer_global()");
    }

    /**
     * As {@link #add_timer}, on the CPU of that number: sets the timer's flag {@code TIMER_PINNED}.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static void add_timer_on(timer_list timer, int cpu) {
        List<Cpu> cpus = Simulation.current().cpus();
        if (cpu < 0 || cpu >= cpus.size()) {
            throw new DriverBug(
                    "add_timer_on() takes CPU " + cpu + " of a machine that has " + cpus.size(),
                    "BUG: unable to handle page fault for address");
        }
        Arguments.require(timer, "add_timer_on()").flags |= TIMER_PINNED;
        add(timer, cpus.get(cpu), "add_timer_on()");
    }

    private static void add(timer_list timer, Cpu cpu, String call) {
        timer_list target = checked(timer, call);
        if (target.state.isArmed()) {
            Misuses.report(
                    "timer-pending",
                    call + " of " + EmbeddedStruct.nameOf(target) + ", which is pending",
                    "WARNING: at kernel/time/timer.c add_timer",
                    "use mod_timer(), which arms a timer whether it is pending or not");
            return;
        }
        timers().armOn(target.state, cpu);
    }

    /**
     * Arms a timer to expire at {@code expires}, in jiffies, whether it is pending or not.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static int mod_timer(timer_list timer, long expires) {
        return arm(timer, expires, Arming.ANY, "mod_timer()");
    }

    /**
     * Gives a timer another time if it is pending.
     *
     * <p>Context: any.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static int mod_timer_pending(timer_list timer, long expires) {
        return arm(timer, expires, Arming.ONLY_PENDING, "mod_timer_pending()");
    }

    /**
     * Arms a timer, unless it is pending and expires before {@code expires}.
     *
     * <p>Context: any. Nothing happens after a shutdown.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_delete_sync", simplified = WHEN)
    public static int timer_reduce(timer_list timer, long expires) {
        return arm(timer, expires, Arming.EARLIER, "timer_reduce()");
    }

    /**
     * Whether a timer is armed and its callback has not begun.
     *
     * <p>Context: any. The answer is stable only if the caller keeps everybody else away from the timer.
     */
    @KernelFunction(header = "linux/timer.h")
    public static boolean timer_pending(timer_list timer) {
        return Arguments.require(timer, "timer_pending()").state.isArmed();
    }

    /**
     * Disarms a timer. Its callback may still run on another CPU.
     *
     * <p>Context: any.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "mod_timer")
    public static int timer_delete(timer_list timer) {
        return delete(timer, "timer_delete()");
    }

    /**
     * The old name of {@link #timer_delete}.
     *
     * <p>Context: any.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "mod_timer")
    public static int del_timer(timer_list timer) {
        return delete(timer, "del_timer()");
    }

    /**
     * Disarms a timer unless its callback runs.
     *
     * <p>Context: any.
     *
     * @return 1 if it was pending, 0 if not, -1 while the callback runs
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "mod_timer")
    public static int try_to_del_timer_sync(timer_list timer) {
        timer_list target = checked(timer, "try_to_del_timer_sync()");
        boolean running = timers().isRunning(target.state);
        return running ? -1 : timers().detach(target.state) ? 1 : 0;
    }

    /**
     * Disarms a timer and waits for its callback to end.
     *
     * <p>Context: any but hard irq; not in the callback, nor with a lock held that the callback takes. Spins.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(
            header = "linux/timer.h",
            sleeps = CONDITIONAL,
            pairsWith = "mod_timer",
            contexts = {PROCESS, ATOMIC, IRQS_OFF, SOFTIRQ})
    public static int timer_delete_sync(timer_list timer) {
        return deleteSync(timer, "timer_delete_sync()");
    }

    /**
     * The old name of {@link #timer_delete_sync}.
     *
     * <p>Context: any but hard irq; not in the callback, nor with a lock held that the callback takes. Spins.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(
            header = "linux/timer.h",
            pairsWith = "mod_timer",
            contexts = {PROCESS, ATOMIC, IRQS_OFF, SOFTIRQ})
    public static int del_timer_sync(timer_list timer) {
        return deleteSync(timer, "del_timer_sync()");
    }

    /**
     * Disarms a timer for good: arming it has no effect until it is set up again. Its callback may still run.
     *
     * <p>Context: any.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(header = "linux/timer.h", pairsWith = "timer_setup")
    public static int timer_shutdown(timer_list timer) {
        int pending = delete(timer, "timer_shutdown()");
        timer.function = null;
        return pending;
    }

    /**
     * Disarms a timer for good and waits for its callback to end: what a driver does before its memory goes.
     *
     * <p>Context: any but hard irq; not in the callback, nor with a lock held that the callback takes. Spins.
     *
     * @return 1 if it was pending, else 0
     */
    @KernelFunction(
            header = "linux/timer.h",
            sleeps = CONDITIONAL,
            pairsWith = "timer_setup",
            contexts = {PROCESS, ATOMIC, IRQS_OFF, SOFTIRQ})
    public static int timer_shutdown_sync(timer_list timer) {
        int pending = deleteSync(timer, "timer_shutdown_sync()");
        timer.function = null;
        return pending;
    }

    /**
     * A time near {@code j}, at a whole second, so that timers which need not be exact expire together.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timer.h")
    public static long round_jiffies(long j) {
        return round(j, false);
    }

    /**
     * As {@link #round_jiffies}, for a time from now.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timer.h")
    public static long round_jiffies_relative(long j) {
        return round(j + Jiffies.jiffies(), false) - Jiffies.jiffies();
    }

    /**
     * As {@link #round_jiffies}, and not before {@code j}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timer.h")
    public static long round_jiffies_up(long j) {
        return round(j, true);
    }

    /**
     * As {@link #round_jiffies_up}, for a time from now.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timer.h")
    public static long round_jiffies_up_relative(long j) {
        return round(j + Jiffies.jiffies(), true) - Jiffies.jiffies();
    }

    /** Each CPU has its own whole seconds, three jiffies from those of its neighbour. What is over is not changed. */
    private static long round(long j, boolean up) {
        long skew = 3L * Simulation.current().cpu().number();
        long skewed = j + skew;
        long rest = Long.remainderUnsigned(skewed, Jiffies.HZ);
        boolean down = rest < Jiffies.HZ / 4 && !up;
        long rounded = skewed - rest + (down ? 0 : Jiffies.HZ) - skew;
        return Jiffies.time_is_after_jiffies(rounded) ? rounded : j;
    }

    private static Timers timers() {
        return Timers.of(Simulation.current());
    }

    private static int arm(@Nullable timer_list timer, long expires, Arming arming, String call) {
        return timers().arm(checked(timer, call).state, expires, arming);
    }

    private static int delete(@Nullable timer_list timer, String call) {
        return timers().detach(checked(timer, call).state) ? 1 : 0;
    }

    private static int deleteSync(@Nullable timer_list timer, String call) {
        return timers().detachSync(checked(timer, call).state, call) ? 1 : 0;
    }

    /** The timer, which is told if nobody has set it up. It has no function then, and is not armed. */
    private static timer_list checked(@Nullable timer_list timer, String call) {
        timer_list target = Arguments.require(timer, call);
        if (!target.state.isSetUp()) {
            Misuses.report(
                    "timer-not-initialised",
                    call + " of " + EmbeddedStruct.nameOf(target) + ", which was never set up",
                    "ODEBUG: assert_init not available (active state 0) object type: timer_list",
                    "call timer_setup() before anybody can use the timer");
            target.function = null;
            target.state.setUp();
        }
        return target;
    }
}
