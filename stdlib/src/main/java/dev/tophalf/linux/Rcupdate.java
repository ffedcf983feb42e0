package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Rcu;
import dev.tophalf.linux.kernel.Rcu.Flavour;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/rcupdate.h}: readers who keep nobody out, and writers who wait for those who may still see what they have
 * taken away.
 */
public final class Rcupdate {
    private Rcupdate() {}

    /** What a struct has to be called back with. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class rcu_head extends EmbeddedStruct {}

    /** A function that is called after a grace period. */
    @KernelType(header = "linux/types.h")
    @FunctionalInterface
    public interface rcu_callback_t {
        /** Called in softirq context. */
        void call(rcu_head head);
    }

    private static Rcu rcu() {
        return Rcu.of(Simulation.current());
    }

    /**
     * Begins to read: what is reached by {@link RcuPointers#rcu_dereference} from here on stays until the reader ends. May be nested.
     *
     * <p>Context: any, NMI included. The caller must not sleep meanwhile; he may be preempted.
     */
    @KernelFunction(header = "linux/rcupdate.h", nmi = true, pairsWith = "rcu_read_unlock")
    public static void rcu_read_lock() {
        rcu().begin(Flavour.PLAIN);
    }

    /**
     * Ends to read.
     *
     * <p>Context: any, NMI included. Expects {@link #rcu_read_lock}.
     */
    @KernelFunction(header = "linux/rcupdate.h", nmi = true, pairsWith = "rcu_read_lock")
    public static void rcu_read_unlock() {
        rcu().end(Flavour.PLAIN, "rcu_read_unlock()");
    }

    /**
     * Begins to read with softirqs off.
     *
     * <p>Context: process, atomic or softirq, with interrupts on.
     */
    @KernelFunction(
            header = "linux/rcupdate.h",
            pairsWith = "rcu_read_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void rcu_read_lock_bh() {
        BottomHalf.disable();
        rcu().begin(Flavour.BH);
    }

    /**
     * Ends to read, and lets softirqs in again.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Expects {@link #rcu_read_lock_bh}.
     */
    @KernelFunction(
            header = "linux/rcupdate.h",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void rcu_read_unlock_bh() {
        if (rcu().end(Flavour.BH, "rcu_read_unlock_bh()")) {
            BottomHalf.enable("rcu_read_unlock_bh()");
        }
    }

    /**
     * Begins to read with preemption off.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/rcupdate.h", nmi = true, pairsWith = "rcu_read_unlock_sched")
    public static void rcu_read_lock_sched() {
        Preempt.disable();
        rcu().begin(Flavour.SCHED);
    }

    /**
     * Ends to read, and lets other tasks in again.
     *
     * <p>Context: any, NMI included. Expects {@link #rcu_read_lock_sched}.
     */
    @KernelFunction(header = "linux/rcupdate.h", nmi = true, pairsWith = "rcu_read_lock_sched")
    public static void rcu_read_unlock_sched() {
        if (rcu().end(Flavour.SCHED, "rcu_read_unlock_sched()")) {
            Preempt.enable("rcu_read_unlock_sched()", "rcu_read_lock_sched()");
        }
    }

    /**
     * Whether the caller reads.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static int rcu_read_lock_held() {
        return rcu().isReading() ? 1 : 0;
    }

    /**
     * Whether the caller reads with softirqs off.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static int rcu_read_lock_bh_held() {
        return rcu().isReadingBh() ? 1 : 0;
    }

    /**
     * Whether the caller reads with preemption off.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static int rcu_read_lock_sched_held() {
        return rcu().isReadingSched() ? 1 : 0;
    }

    /**
     * Whether the caller reads in any way.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static int rcu_read_lock_any_held() {
        return rcu().isReadingAnyhow() ? 1 : 0;
    }

    /**
     * Sleeps until everybody who reads now has ended: then what was taken away before can be freed.
     *
     * <p>Context: process, and no reader. Sleeps.
     */
    @KernelFunction(header = "linux/rcupdate.h", sleeps = ALWAYS)
    public static void synchronize_rcu() {
        rcu().synchronize("synchronize_rcu()");
    }

    /**
     * As {@link #synchronize_rcu}, in a hurry.
     *
     * <p>Context: process, and no reader. Sleeps.
     */
    @KernelFunction(header = "linux/rcupdate.h", sleeps = ALWAYS, simplified = "takes as long as the ordinary one")
    public static void synchronize_rcu_expedited() {
        rcu().synchronize("synchronize_rcu_expedited()");
    }

    /**
     * Lets {@code func} be called with {@code head}, in a softirq of this CPU, when everybody who reads now has ended. It
     * must not sleep.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rcupdate.h", pairsWith = "rcu_barrier")
    public static void call_rcu(rcu_head head, rcu_callback_t func) {
        rcu_head target = Arguments.require(head, "call_rcu()");
        rcu_callback_t function = Arguments.require(func, "call_rcu()");
        Site queuedAt = rcu().queuedAt(target);
        if (queuedAt != null) {
            reportQueued("call_rcu()", EmbeddedStruct.nameOf(target), queuedAt);
            return;
        }
        rcu().call(target, function, () -> function.call(target));
    }

    static void reportQueued(String call, String head, Site queuedAt) {
        Misuses.report(
                "rcu-head-queued",
                call + " of " + head + ", which is queued since " + queuedAt,
                "ODEBUG: activate active (active state 0) object type: rcu_head",
                "queue it once: whoever takes the object away, under the writers' lock");
    }

    /**
     * Sleeps until all functions that {@link #call_rcu} was given by now have been called.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/rcupdate.h", sleeps = ALWAYS, pairsWith = "call_rcu")
    public static void rcu_barrier() {
        rcu().barrier();
    }

    /**
     * Frees {@code ptr} when everybody who reads now has ended; null is fine.
     *
     * <p>Context: any.
     *
     * @param rhf the struct's member that is an {@code rcu_head}
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static void kfree_rcu(@Nullable Object ptr, @Name String rhf) {
        free(ptr, rhf, "kfree_rcu()");
    }

    /**
     * As {@link #kfree_rcu}, also for what {@code kvmalloc()} returned.
     *
     * <p>Context: any.
     *
     * @param rhf the struct's member that is an {@code rcu_head}
     */
    @KernelFunction(header = "linux/rcupdate.h")
    public static void kvfree_rcu(@Nullable Object ptr, @Name String rhf) {
        free(ptr, rhf, "kvfree_rcu()");
    }

    /**
     * Frees {@code ptr}, which needs no {@code rcu_head}, when everybody who reads now has ended; null is fine.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/rcupdate.h", sleeps = ALWAYS)
    public static void kfree_rcu_mightsleep(@Nullable Object ptr) {
        free(ptr, "", "kfree_rcu_mightsleep()");
    }

    /**
     * As {@link #kfree_rcu_mightsleep}, also for what {@code kvmalloc()} returned.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/rcupdate.h", sleeps = ALWAYS)
    public static void kvfree_rcu_mightsleep(@Nullable Object ptr) {
        free(ptr, "", "kvfree_rcu_mightsleep()");
    }

    private static void free(@Nullable Object ptr, String member, String call) {
        if (ptr == null) {
            return;
        }
        if (!member.isEmpty()) {
            requireHead(ptr, member, call);
        }
        Runnable reclaim = Slab.handOver(ptr, call);
        if (reclaim != null) {
            rcu().call(null, null, reclaim);
        }
    }

    private static void requireHead(Object ptr, String member, String call) {
        try {
            if (ptr.getClass().getField(member).get(ptr) instanceof rcu_head) {
                return;
            }
        } catch (ReflectiveOperationException missing) {
            // said below
        }
        throw new DriverBug(
                call + ": struct " + ptr.getClass().getSimpleName() + " has no rcu_head '" + member + "'", "");
    }
}
