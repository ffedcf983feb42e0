package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Mutex.mutex;
import dev.tophalf.linux.Spinlock.spinlock_t;
import dev.tophalf.linux.Types.long_box;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.ReferenceCount;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;

/**
 * {@code linux/refcount.h}: how many have an object, which the last of them frees. A count that has gone wrong is saturated:
 * the object is never freed, which is a leak where there would have been a use after free.
 */
public final class Refcount {
    private Refcount() {}

    /** A number of references: storage inside its struct. */
    @KernelType(header = "linux/refcount.h", embedded = true)
    public static final class refcount_t extends ReferenceCount {}

    private static ReferenceCount of(refcount_t given, String call) {
        return Arguments.require(given, call);
    }

    /** A count that is {@code n} at first. */
    @Initialiser(header = "linux/refcount.h")
    public static refcount_t REFCOUNT_INIT(refcount_t r, int n) {
        r.set(n);
        return r;
    }

    /**
     * Sets the count, before anybody else can see the object.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/refcount.h")
    public static void refcount_set(refcount_t r, int n) {
        of(r, "refcount_set()").set(n);
    }

    /**
     * The count, which may be another one by the time that the caller looks at it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/refcount.h")
    public static @CType("u32") long refcount_read(refcount_t r) {
        return Integer.toUnsignedLong(of(r, "refcount_read()").read());
    }

    /**
     * Takes a reference for somebody else; the caller has one, so the count is not 0.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_dec_and_test")
    public static void refcount_inc(refcount_t r) {
        of(r, "refcount_inc()").add(1, "refcount_inc()");
    }

    /**
     * Takes {@code i} references for others; the caller has one, so the count is not 0.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_dec_and_test")
    public static void refcount_add(int i, refcount_t r) {
        of(r, "refcount_add()").add(i, "refcount_add()");
    }

    /**
     * Takes a reference unless the object is on its way to be freed, as a look-up has to.
     *
     * <p>Context: any.
     *
     * @return whether there is a reference now, which has to be looked at
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_dec_and_test")
    public static boolean refcount_inc_not_zero(refcount_t r) {
        return of(r, "refcount_inc_not_zero()").addNotZero(1, "refcount_inc_not_zero()");
    }

    /**
     * Takes {@code i} references unless the object is on its way to be freed.
     *
     * <p>Context: any.
     *
     * @return whether there are references now, which has to be looked at
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_dec_and_test")
    public static boolean refcount_add_not_zero(int i, refcount_t r) {
        return of(r, "refcount_add_not_zero()").addNotZero(i, "refcount_add_not_zero()");
    }

    /**
     * Gives back a reference. Who gives back the last one frees the object.
     *
     * <p>Context: any.
     *
     * @return whether it was the last one
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_dec_and_test(refcount_t r) {
        return of(r, "refcount_dec_and_test()").subtractAndTest(1, "refcount_dec_and_test()");
    }

    /**
     * Gives back {@code i} references. Who gives back the last one frees the object.
     *
     * <p>Context: any.
     *
     * @return whether the last one was among them
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_sub_and_test(int i, refcount_t r) {
        return of(r, "refcount_sub_and_test()").subtractAndTest(i, "refcount_sub_and_test()");
    }

    /**
     * Gives back a reference that is known not to be the last one.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static void refcount_dec(refcount_t r) {
        of(r, "refcount_dec()").decrement();
    }

    /**
     * Gives back a reference if it is the last one.
     *
     * <p>Context: any.
     *
     * @return whether it was
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_dec_if_one(refcount_t r) {
        return of(r, "refcount_dec_if_one()").decrementIfOne();
    }

    /**
     * Gives back a reference unless it is the last one.
     *
     * <p>Context: any.
     *
     * @return whether it was given back
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_dec_not_one(refcount_t r) {
        return of(r, "refcount_dec_not_one()").decrementNotOne("refcount_dec_not_one()");
    }

    /**
     * Gives back a reference, and takes {@code lock} if it is the last one: the look-up that {@code lock} guards finds the
     * object no more then.
     *
     * <p>Context: process. May sleep. Takes {@code lock} if it returns true.
     *
     * @return whether it was, with {@code lock} held
     */
    @KernelFunction(header = "linux/refcount.h", sleeps = ALWAYS, byTask = true, pairsWith = "refcount_inc")
    public static boolean refcount_dec_and_mutex_lock(refcount_t r, mutex lock) {
        return isLastUnder(
                of(r, "refcount_dec_and_mutex_lock()"),
                "refcount_dec_and_mutex_lock()",
                () -> Mutex.mutex_lock(lock),
                () -> Mutex.mutex_unlock(lock));
    }

    /**
     * Gives back a reference, and takes {@code lock} if it is the last one.
     *
     * <p>Context: any. Takes {@code lock} if it returns true.
     *
     * @return whether it was, with {@code lock} held
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_dec_and_lock(refcount_t r, spinlock_t lock) {
        return isLastUnder(
                of(r, "refcount_dec_and_lock()"),
                "refcount_dec_and_lock()",
                () -> Spinlock.spin_lock(lock),
                () -> Spinlock.spin_unlock(lock));
    }

    /**
     * As {@link #refcount_dec_and_lock}, with interrupts off on this CPU if the lock is taken.
     *
     * <p>Context: any. Takes {@code lock} if it returns true.
     *
     * @return whether it was, with {@code lock} held and what to restore in {@code flags}
     */
    @KernelFunction(header = "linux/refcount.h", pairsWith = "refcount_inc")
    public static boolean refcount_dec_and_lock_irqsave(refcount_t r, spinlock_t lock, long_box flags) {
        long_box saved = Arguments.require(flags, "refcount_dec_and_lock_irqsave()");
        return isLastUnder(
                of(r, "refcount_dec_and_lock_irqsave()"),
                "refcount_dec_and_lock_irqsave()",
                () -> saved.value = Spinlock.spin_lock_irqsave(lock),
                () -> Spinlock.spin_unlock_irqrestore(lock, saved.value));
    }

    /** Gives back a reference, the last one only with the lock held; whether it was, and is. */
    private static boolean isLastUnder(ReferenceCount count, String call, Runnable lock, Runnable unlock) {
        if (count.decrementNotOne(call)) {
            return false;
        }
        lock.run();
        boolean isLast = count.subtractAndTest(1, call);
        if (!isLast) {
            unlock.run();
        }
        return isLast;
    }
}
