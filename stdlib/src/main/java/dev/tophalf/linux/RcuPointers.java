package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Rcu;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;
import org.jspecify.annotations.Nullable;

/** {@code linux/rcupdate.h}: the pointers that readers follow and writers change. */
public final class RcuPointers {
    private RcuPointers() {}

    private static Rcu rcu() {
        return Rcu.of(Simulation.current());
    }

    static void expect(boolean isSo, String call, String what, String advice) {
        if (!isSo) {
            Misuses.report("rcu-dereference-outside", call + " " + what, "WARNING: suspicious RCU usage", advice);
        }
    }

    /** What a reader has got from a pointer. */
    public static void got(@Nullable Object value) {
        rcu().got(value);
    }

    /**
     * The pointer {@code p}, to be followed as long as the caller reads.
     *
     * <p>Context: any, NMI included. Expects {@link Rcupdate#rcu_read_lock}.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/rcupdate.h", nmi = true)
    public static void rcu_dereference(String p) {
        expect(
                rcu().isReading(),
                "rcu_dereference() of " + p,
                "outside of a reader",
                "read between rcu_read_lock() and rcu_read_unlock(); who holds the writers' lock uses"
                        + " rcu_dereference_protected()");
    }

    /**
     * As {@link #rcu_dereference}, for who reads or for whom {@code c} holds.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/rcupdate.h", nmi = true)
    public static void rcu_dereference_check(String p, boolean c) {
        expect(
                c || rcu().isReading(),
                "rcu_dereference_check() of " + p,
                "outside of a reader, and its condition does not hold",
                "read between rcu_read_lock() and rcu_read_unlock(), or hold what the condition asks for");
    }

    /**
     * The pointer {@code p}, for who keeps writers out, as {@code c} says.
     *
     * <p>Context: any.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "linux/rcupdate.h")
    public static void rcu_dereference_protected(String p, boolean c) {
        expect(
                c,
                "rcu_dereference_protected() of " + p,
                "where its condition does not hold",
                "take the lock that keeps writers out, or read with rcu_dereference()");
    }

    /**
     * As {@link #rcu_dereference}, for who reads with softirqs off.
     *
     * <p>Context: any. Expects {@link Rcupdate#rcu_read_lock_bh}, or softirqs or interrupts off.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/rcupdate.h")
    public static void rcu_dereference_bh(String p) {
        expect(
                rcu().isReadingBh(),
                "rcu_dereference_bh() of " + p,
                "where softirqs are on",
                "read between rcu_read_lock_bh() and rcu_read_unlock_bh()");
    }

    /**
     * As {@link #rcu_dereference}, for who reads with preemption off.
     *
     * <p>Context: any. Expects {@link Rcupdate#rcu_read_lock_sched}, or preemption or interrupts off.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/rcupdate.h")
    public static void rcu_dereference_sched(String p) {
        expect(
                rcu().isReadingSched(),
                "rcu_dereference_sched() of " + p,
                "where the task may lose its CPU",
                "read between rcu_read_lock_sched() and rcu_read_unlock_sched()");
    }

    /**
     * The pointer {@code p}, where the caller knows by himself that it stays.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.READ, sees = "got")
    @KernelFunction(header = "linux/rcupdate.h", nmi = true)
    public static void rcu_dereference_raw(String p) {}

    /**
     * The pointer {@code p}, to be compared and not followed.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "linux/rcupdate.h", nmi = true)
    public static void rcu_access_pointer(String p) {}

    /**
     * Lets {@code p} point to what is ready to be read: it is stored after all that comes before.
     *
     * <p>Context: any.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "linux/rcupdate.h")
    public static void rcu_assign_pointer(String p) {}

    /**
     * Lets {@code rcu_ptr} point to something else, for who keeps writers out, as {@code c} says, and yields what it
     * pointed to: {@code old = rcu_replace_pointer(rcu_ptr, ptr, c)}.
     *
     * <p>Context: any.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/rcupdate.h")
    public static void rcu_replace_pointer(String rcu_ptr, boolean c) {
        expect(
                c,
                "rcu_replace_pointer() of " + rcu_ptr,
                "where its condition does not hold",
                "take the lock that keeps writers out");
    }

    /**
     * Lets {@code p} point to NULL, or to what nobody needs to see initialised.
     *
     * <p>Context: any.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "linux/rcupdate.h")
    public static void RCU_INIT_POINTER(String p) {}
}
