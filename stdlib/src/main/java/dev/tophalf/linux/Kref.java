package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;

import dev.tophalf.linux.Mutex.mutex;
import dev.tophalf.linux.Refcount.refcount_t;
import dev.tophalf.linux.Spinlock.spinlock_t;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;

/** {@code linux/kref.h}: a {@link Refcount} with the function that frees the object. */
@SuppressWarnings("VariableNameSameAsType") // Linux names the parameter so
public final class Kref {
    private Kref() {}

    /** How many have the struct that it is a member of. */
    @KernelType(header = "linux/kref.h", embedded = true)
    public static final class kref extends EmbeddedStruct {
        /** The number. */
        public final refcount_t refcount = EmbeddedStruct.embed(new refcount_t(), this, "refcount");
    }

    /** What frees the object that {@code kref} is a member of. */
    @KernelType(header = "linux/kref.h", name = "kref_release_t")
    @FunctionalInterface
    public interface Release {
        /** Called by who gives back the last reference, in his context. */
        void call(kref kref);
    }

    private static kref of(kref given, String call) {
        return Arguments.require(given, call);
    }

    /** A count that is {@code n} at first. */
    @Initialiser(header = "linux/kref.h")
    public static kref KREF_INIT(kref kref, int n) {
        kref.refcount.set(n);
        return kref;
    }

    /**
     * Begins to count: the caller has the one reference that there is.
     *
     * <p>Context: any. Once in the life of an object.
     */
    @KernelFunction(header = "linux/kref.h", pairsWith = "kref_put")
    public static void kref_init(kref kref) {
        of(kref, "kref_init()").refcount.set(1);
    }

    /**
     * The number of references, which may be another one by the time that the caller looks at it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/kref.h")
    public static @CType("u32") long kref_read(kref kref) {
        return Integer.toUnsignedLong(of(kref, "kref_read()").refcount.read());
    }

    /**
     * Takes a reference for somebody else; the caller has one.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/kref.h", pairsWith = "kref_put")
    public static void kref_get(kref kref) {
        of(kref, "kref_get()").refcount.add(1, "kref_get()");
    }

    /**
     * Takes a reference unless the object is on its way to be freed.
     *
     * <p>Context: any.
     *
     * @return not 0 if there is a reference now, which has to be looked at
     */
    @KernelFunction(header = "linux/kref.h", pairsWith = "kref_put")
    public static int kref_get_unless_zero(kref kref) {
        return of(kref, "kref_get_unless_zero()").refcount.addNotZero(1, "kref_get_unless_zero()") ? 1 : 0;
    }

    /**
     * Gives back a reference; {@code release} is called if it was the last one.
     *
     * <p>Context: where {@code release} may be called.
     *
     * @return 1 if {@code release} was called, else 0
     */
    @KernelFunction(header = "linux/kref.h", sleeps = CONDITIONAL, pairsWith = "kref_get")
    public static int kref_put(kref kref, Release release) {
        Release free = Arguments.require(release, "kref_put()");
        return release(kref, of(kref, "kref_put()").refcount.subtractAndTest(1, "kref_put()"), free);
    }

    /**
     * As {@link #kref_put}, with {@code lock} held where {@code release} is called, which gives it back.
     *
     * <p>Context: process. May sleep.
     *
     * @return 1 if {@code release} was called, else 0
     */
    @KernelFunction(header = "linux/kref.h", sleeps = ALWAYS, byTask = true, pairsWith = "kref_get")
    public static int kref_put_mutex(kref kref, Release release, mutex lock) {
        Release free = Arguments.require(release, "kref_put_mutex()");
        return release(kref, Refcount.refcount_dec_and_mutex_lock(of(kref, "kref_put_mutex()").refcount, lock), free);
    }

    /**
     * As {@link #kref_put}, with {@code lock} held where {@code release} is called, which gives it back.
     *
     * <p>Context: any. {@code release} must not sleep.
     *
     * @return 1 if {@code release} was called, else 0
     */
    @KernelFunction(header = "linux/kref.h", pairsWith = "kref_get")
    public static int kref_put_lock(kref kref, Release release, spinlock_t lock) {
        Release free = Arguments.require(release, "kref_put_lock()");
        return release(kref, Refcount.refcount_dec_and_lock(of(kref, "kref_put_lock()").refcount, lock), free);
    }

    private static int release(kref kref, boolean isLast, Release free) {
        if (!isLast) {
            return 0;
        }
        free.call(kref);
        return 1;
    }
}
