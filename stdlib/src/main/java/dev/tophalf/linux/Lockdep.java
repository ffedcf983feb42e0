package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.SpinLock;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.lock.LockMap;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code linux/lockdep.h}: what drivers tell the lock checker, and ask it. */
public final class Lockdep {
    /** The subclass of a lock that is taken with one other of its class held. */
    public static final int SINGLE_DEPTH_NESTING = 1;

    private static final LockRequest MIGHT_LOCK = LockRequest.of("might_lock()");
    private static final LockRequest MIGHT_LOCK_READ =
            LockRequest.of("might_lock_read()").in(LockMode.SHARED);
    private static final LockRequest MIGHT_LOCK_NESTED = LockRequest.of("might_lock_nested()");

    private Lockdep() {}

    /** What locks of one class share: storage with file scope, or in a struct. */
    @KernelType(header = "linux/lockdep_types.h", embedded = true)
    public static final class lock_class_key extends EmbeddedStruct {}

    /** A subclass that a driver names, which has to be one. */
    static int subclass(int given) {
        if (given >= 0 && given < LockMap.SUBCLASSES) {
            return given;
        }
        Misuses.report(
                "bad-lock-subclass",
                "the subclass " + given + " of a lock is none: there are 0 to " + (LockMap.SUBCLASSES - 1),
                "BUG: looking up invalid subclass: " + given,
                "tell a few levels apart; for more give the locks classes of their own with lockdep_set_class()");
        return 0;
    }

    static void requireLocked(SpinLock lock) {
        if (!lock.isLocked()) {
            report("assert_spin_locked() of " + lock.lockName() + ", which nobody holds");
        }
    }

    private static void report(String message) {
        Misuses.report(
                "lock-not-held",
                message,
                "WARNING: CPU: 0 at lockdep_assert_held",
                "take the lock in the caller, as the function expects it");
    }

    private static boolean isHeld(KernelLock lock, Predicate<HeldLock> how) {
        return Simulation.current().cpu().context().held().stream()
                .anyMatch(held -> held.lock() == lock && how.test(held));
    }

    private static void expect(@Nullable KernelLock given, String call, String how, Predicate<HeldLock> wanted) {
        KernelLock lock = Arguments.require(given, call);
        if (!isHeld(lock, wanted)) {
            report(call + " of " + lock.lockName() + ", which is not held " + how + "here");
        }
    }

    /**
     * Says that the caller holds {@code lock}, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_held(KernelLock lock) {
        expect(lock, "lockdep_assert_held()", "", held -> true);
    }

    /**
     * Says that the caller holds {@code lock}, and checks it; a kernel says so once.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_held_once(KernelLock lock) {
        expect(lock, "lockdep_assert_held_once()", "", held -> true);
    }

    /**
     * Says that the caller holds {@code lock} alone, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_held_write(KernelLock lock) {
        expect(lock, "lockdep_assert_held_write()", "for writing ", held -> held.mode() == LockMode.EXCLUSIVE);
    }

    /**
     * Says that the caller holds {@code lock} to read, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_held_read(KernelLock lock) {
        expect(lock, "lockdep_assert_held_read()", "for reading ", held -> held.mode() != LockMode.EXCLUSIVE);
    }

    /**
     * Says that the caller does not hold {@code lock}, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_not_held(KernelLock lock) {
        if (isHeld(Arguments.require(lock, "lockdep_assert_not_held()"), held -> true)) {
            Misuses.report(
                    "lock-held",
                    "lockdep_assert_not_held() of " + lock.lockName() + ", which is held here",
                    "WARNING: CPU: 0 at lockdep_assert_not_held",
                    "give the lock back before calling the function");
        }
    }

    /**
     * Whether the caller holds {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static int lockdep_is_held(KernelLock lock) {
        return isHeld(Arguments.require(lock, "lockdep_is_held()"), held -> true) ? 1 : 0;
    }

    /**
     * Gives {@code lock} a class of its own, which it shares with all locks that get the same {@code key}.
     *
     * <p>Context: any. Right after the lock was initialised.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_set_class(KernelLock lock, lock_class_key key) {
        KernelLock target = Arguments.require(lock, "lockdep_set_class()");
        target.setClass(Arguments.require(key, "lockdep_set_class()"), target.lockName());
    }

    /**
     * As {@link #lockdep_set_class}, with a name for reports.
     *
     * <p>Context: any. Right after the lock was initialised.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_set_class_and_name(KernelLock lock, lock_class_key key, String name) {
        Arguments.require(lock, "lockdep_set_class_and_name()")
                .setClass(
                        Arguments.require(key, "lockdep_set_class_and_name()"),
                        Arguments.require(name, "lockdep_set_class_and_name()"));
    }

    /**
     * Gives {@code lock} a class of its own, and lets who takes it mean that subclass of it.
     *
     * <p>Context: any. Right after the lock was initialised.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_set_class_and_subclass(KernelLock lock, lock_class_key key, int sub) {
        lockdep_set_class(lock, key);
        lock.setSubclass(subclass(sub));
    }

    /**
     * Lets who takes {@code lock} mean that subclass of its class.
     *
     * <p>Context: any. Right after the lock was initialised.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_set_subclass(KernelLock lock, int sub) {
        Arguments.require(lock, "lockdep_set_subclass()").setSubclass(subclass(sub));
    }

    /**
     * Keeps the checker from looking at {@code lock}: a last resort.
     *
     * <p>Context: any. Right after the lock was initialised.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_set_novalidate_class(KernelLock lock) {
        KernelLock target = Arguments.require(lock, "lockdep_set_novalidate_class()");
        target.setClass(LockMap.UNCHECKED, target.lockName());
    }

    /**
     * Says that the function may take {@code lock}, so that the checker looks at it even where it does not.
     *
     * <p>Context: where the lock could be taken.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void might_lock(KernelLock lock) {
        Arguments.require(lock, "might_lock()").couldBeTaken(MIGHT_LOCK);
    }

    /**
     * As {@link #might_lock}, to read.
     *
     * <p>Context: where the lock could be taken.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void might_lock_read(KernelLock lock) {
        Arguments.require(lock, "might_lock_read()").couldBeTaken(MIGHT_LOCK_READ);
    }

    /**
     * As {@link #might_lock}, as a subclass of its class.
     *
     * <p>Context: where the lock could be taken.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void might_lock_nested(KernelLock lock, int subclass) {
        Arguments.require(lock, "might_lock_nested()").couldBeTaken(MIGHT_LOCK_NESTED.of(subclass(subclass)));
    }

    /**
     * Whether the caller holds {@code lock} to read or alone, as {@code r} says.
     *
     * <p>Context: any.
     *
     * @return 1 if he does, else 0; {@code r} is 0 for alone, 1 for to read, -1 for either
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static int lockdep_is_held_type(KernelLock lock, int r) {
        KernelLock target = Arguments.require(lock, "lockdep_is_held_type()");
        return isHeld(target, held -> r == -1 || held.mode().isRead() == (r == 1)) ? 1 : 0;
    }

    private static Cpu cpu() {
        return Simulation.current().cpu();
    }

    private static void expect(boolean isSo, String call, String what, String advice) {
        if (!isSo) {
            Misuses.report(
                    "wrong-irq-state", call + " where " + what, "WARNING: CPU: 0 at " + call.replace("()", ""), advice);
        }
    }

    /**
     * Says that interrupts are off here, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_irqs_disabled() {
        expect(
                cpu().irqsOff(),
                "lockdep_assert_irqs_disabled()",
                "interrupts are on",
                "turn them off in the caller, as the function expects it");
    }

    /**
     * Says that interrupts are on here, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_irqs_enabled() {
        expect(
                !cpu().irqsOff(),
                "lockdep_assert_irqs_enabled()",
                "interrupts are off",
                "call the function where interrupts are on");
    }

    /**
     * Says that preemption is off here, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_preemption_disabled() {
        expect(
                cpu().preemptCount() != 0 || cpu().irqsOff(),
                "lockdep_assert_preemption_disabled()",
                "preemption is on",
                "turn it off in the caller, or hold a spinlock");
    }

    /**
     * Says that preemption is on here, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_assert_preemption_enabled() {
        expect(
                cpu().preemptCount() == 0 && !cpu().irqsOff(),
                "lockdep_assert_preemption_enabled()",
                "preemption is off",
                "call the function where the task may lose its CPU");
    }
}
