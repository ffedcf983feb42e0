package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Rcupdate.rcu_callback_t;
import dev.tophalf.linux.Rcupdate.rcu_head;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.SleepableRcu;
import dev.tophalf.linux.kernel.SrcuCallbacks;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/** {@code linux/srcu.h}: readers who may sleep, and writers who wait for those of the same struct alone. */
public final class Srcu {
    private Srcu() {}

    /** Whom writers wait for: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/srcu.h", embedded = true)
    public static final class srcu_struct extends SleepableRcu {}

    private static SleepableRcu of(srcu_struct given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised {@code srcu_struct} with file scope. */
    @DefinitionMacro(header = "linux/srcu.h", declares = "%s")
    public static srcu_struct DEFINE_SRCU(@Name String name) {
        return KernelLock.define(new srcu_struct(), name);
    }

    /** Defines an initialised {@code srcu_struct} with file scope that other files do not see. */
    @DefinitionMacro(header = "linux/srcu.h", declares = "%s")
    public static srcu_struct DEFINE_STATIC_SRCU(@Name String name) {
        return DEFINE_SRCU(name);
    }

    /**
     * Makes {@code ssp} ready for use.
     *
     * <p>Context: process. May sleep.
     *
     * @return 0; in Linux also -ENOMEM
     */
    @KernelFunction(header = "linux/srcu.h", sleeps = ALWAYS, pairsWith = "cleanup_srcu_struct")
    public static int init_srcu_struct(srcu_struct ssp) {
        of(ssp, "init_srcu_struct()").initialise();
        return 0;
    }

    /**
     * Ends the use of {@code ssp}, which nobody reads and which has no callbacks queued.
     *
     * <p>Context: process. May sleep.
     */
    @KernelFunction(header = "linux/srcu.h", sleeps = ALWAYS, pairsWith = "init_srcu_struct")
    public static void cleanup_srcu_struct(srcu_struct ssp) {
        of(ssp, "cleanup_srcu_struct()").cleanUp("cleanup_srcu_struct()");
    }

    /**
     * Begins to read: what is reached by {@link #srcu_dereference} from here on stays until the reader ends. May be
     * nested, and may sleep.
     *
     * <p>Context: any.
     *
     * @return what {@link #srcu_read_unlock} has to be given, in the same context
     */
    @KernelFunction(header = "linux/srcu.h", pairsWith = "srcu_read_unlock")
    public static int srcu_read_lock(srcu_struct ssp) {
        return of(ssp, "srcu_read_lock()").begin();
    }

    /**
     * Ends to read.
     *
     * <p>Context: any. Expects {@link #srcu_read_lock}, which returned {@code idx}.
     */
    @KernelFunction(header = "linux/srcu.h", pairsWith = "srcu_read_lock")
    public static void srcu_read_unlock(srcu_struct ssp, int idx) {
        of(ssp, "srcu_read_unlock()").end(idx, "srcu_read_unlock()");
    }

    /**
     * Whether the caller reads.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/srcu.h")
    public static int srcu_read_lock_held(srcu_struct ssp) {
        return of(ssp, "srcu_read_lock_held()").isReading() ? 1 : 0;
    }

    /** What a reader of the struct that was named last has got from a pointer: nothing came in between. */
    public static void got(@Nullable Object value) {
        Simulation.current().part(Named.class, made -> new Named()).got(value);
    }

    /** The struct that the running macro names. */
    private static final class Named {
        private @Nullable SleepableRcu domain;

        void got(@Nullable Object value) {
            if (domain != null) {
                domain.got(value);
            }
        }
    }

    /**
     * The pointer {@code p}, to be followed as long as the caller reads {@code ssp}.
     *
     * <p>Context: any. Expects {@link #srcu_read_lock}.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/srcu.h")
    public static void srcu_dereference(String p, srcu_struct ssp) {
        dereference(p, of(ssp, "srcu_dereference()"), false, "srcu_dereference()");
    }

    /**
     * As {@link #srcu_dereference}, for who reads {@code ssp} or for whom {@code c} holds.
     *
     * <p>Context: any.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/srcu.h")
    public static void srcu_dereference_check(String p, srcu_struct ssp, boolean c) {
        dereference(p, of(ssp, "srcu_dereference_check()"), c, "srcu_dereference_check()");
    }

    private static void dereference(String p, SleepableRcu domain, boolean c, String call) {
        Simulation.current().part(Named.class, made -> new Named()).domain = domain;
        RcuPointers.expect(
                c || domain.isReading(),
                call + " of " + p,
                "where the caller does not read " + domain.lockName(),
                "read between srcu_read_lock() and srcu_read_unlock() of " + domain.lockName());
    }

    /**
     * Sleeps until everybody who reads {@code ssp} now has ended: then what was taken away before can be freed.
     *
     * <p>Context: process, and no reader of {@code ssp} or of RCU. Sleeps.
     */
    @KernelFunction(header = "linux/srcu.h", sleeps = ALWAYS)
    public static void synchronize_srcu(srcu_struct ssp) {
        of(ssp, "synchronize_srcu()").synchronize("synchronize_srcu()");
    }

    /**
     * As {@link #synchronize_srcu}, in a hurry.
     *
     * <p>Context: process, and no reader of {@code ssp} or of RCU. Sleeps.
     */
    @KernelFunction(header = "linux/srcu.h", sleeps = ALWAYS, simplified = "takes as long as the ordinary one")
    public static void synchronize_srcu_expedited(srcu_struct ssp) {
        of(ssp, "synchronize_srcu_expedited()").synchronize("synchronize_srcu_expedited()");
    }

    /**
     * Lets {@code func} be called with {@code head}, with softirqs off, when everybody who reads {@code ssp} now has
     * ended. It must not sleep.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/srcu.h", pairsWith = "srcu_barrier")
    public static void call_srcu(srcu_struct ssp, rcu_head head, rcu_callback_t func) {
        SleepableRcu domain = of(ssp, "call_srcu()");
        rcu_head target = Arguments.require(head, "call_srcu()");
        rcu_callback_t function = Arguments.require(func, "call_srcu()");
        SrcuCallbacks callbacks = SrcuCallbacks.of(Simulation.current());
        Site queuedAt = callbacks.queuedAt(target);
        if (queuedAt == null) {
            callbacks.call(domain, target, function, () -> function.call(target));
        } else {
            Rcupdate.reportQueued("call_srcu()", EmbeddedStruct.nameOf(target), queuedAt);
        }
    }

    /**
     * Sleeps until all functions that {@link #call_srcu} was given for {@code ssp} by now have been called.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/srcu.h", sleeps = ALWAYS, pairsWith = "call_srcu")
    public static void srcu_barrier(srcu_struct ssp) {
        SrcuCallbacks.of(Simulation.current()).barrier(of(ssp, "srcu_barrier()"));
    }
}
