package dev.tophalf.linux;

import static dev.tophalf.linux.Errno.EINTR;
import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.ReadWriteSemaphore;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.sched.Sleep;

/** {@code linux/rwsem.h}: locks for several readers or one writer, who sleep for them. */
public final class Rwsem {
    private static final LockRequest DOWN_READ = reading("down_read()");
    private static final LockRequest DOWN_READ_INTERRUPTIBLE = reading("down_read_interruptible()");
    private static final LockRequest DOWN_READ_KILLABLE = reading("down_read_killable()");
    private static final LockRequest DOWN_READ_NESTED = reading("down_read_nested()");
    private static final LockRequest DOWN_WRITE = LockRequest.of("down_write()");
    private static final LockRequest DOWN_WRITE_KILLABLE = LockRequest.of("down_write_killable()");
    private static final LockRequest DOWN_WRITE_NESTED = LockRequest.of("down_write_nested()");
    private static final LockRequest DOWN_READ_TRYLOCK =
            reading("down_read_trylock()").trying();
    private static final LockRequest DOWN_WRITE_TRYLOCK =
            LockRequest.of("down_write_trylock()").trying();
    private static final LockRequest DOWNGRADE_WRITE = reading("downgrade_write()");

    private Rwsem() {}

    /** A reader-writer semaphore: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/rwsem.h", embedded = true)
    public static final class rw_semaphore extends ReadWriteSemaphore {}

    private static ReadWriteSemaphore lock(rw_semaphore given, String call) {
        return Arguments.require(given, call);
    }

    private static LockRequest reading(String call) {
        return LockRequest.of(call).in(LockMode.SHARED);
    }

    /** Defines an initialised reader-writer semaphore with file scope. */
    @DefinitionMacro(header = "linux/rwsem.h", declares = "%s")
    public static rw_semaphore DECLARE_RWSEM(@Name String name) {
        return KernelLock.define(new rw_semaphore(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/rwsem.h")
    public static rw_semaphore __RWSEM_INITIALIZER(rw_semaphore lock, @Name String name) {
        return KernelLock.named(lock, name);
    }

    /**
     * Makes a reader-writer semaphore ready for use, unlocked.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/rwsem.h")
    public static void init_rwsem(rw_semaphore sem) {
        lock(sem, "init_rwsem()").initialise();
    }

    /**
     * Takes {@code sem} to read, asleep until no writer has it or waits for it.
     *
     * <p>Context: process. Sleeps. Takes {@code sem}.
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_read")
    public static void down_read(rw_semaphore sem) {
        lock(sem, "down_read()").lock(DOWN_READ, Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code sem} to read, asleep until that is possible or a signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code sem} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_read")
    public static int down_read_interruptible(rw_semaphore sem) {
        return lock(sem, "down_read_interruptible()").lock(DOWN_READ_INTERRUPTIBLE, Sleep.INTERRUPTIBLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code sem} to read, asleep until that is possible or a fatal signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code sem} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_read")
    public static int down_read_killable(rw_semaphore sem) {
        return lock(sem, "down_read_killable()").lock(DOWN_READ_KILLABLE, Sleep.KILLABLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code sem} to read where another one of its class is held, as a subclass: 1 to 7.
     *
     * <p>Context: process. Sleeps. Takes {@code sem}.
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_read")
    public static void down_read_nested(rw_semaphore sem, int subclass) {
        lock(sem, "down_read_nested()").lock(DOWN_READ_NESTED.of(Lockdep.subclass(subclass)), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code sem} to write, asleep until nobody else has it.
     *
     * <p>Context: process. Sleeps. Takes {@code sem}.
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_write")
    public static void down_write(rw_semaphore sem) {
        lock(sem, "down_write()").lock(DOWN_WRITE, Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code sem} to write, asleep until nobody else has it or a fatal signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code sem} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_write")
    public static int down_write_killable(rw_semaphore sem) {
        return lock(sem, "down_write_killable()").lock(DOWN_WRITE_KILLABLE, Sleep.KILLABLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code sem} to write where another one of its class is held, as a subclass: 1 to 7.
     *
     * <p>Context: process. Sleeps. Takes {@code sem}.
     */
    @KernelFunction(header = "linux/rwsem.h", sleeps = ALWAYS, pairsWith = "up_write")
    public static void down_write_nested(rw_semaphore sem, int subclass) {
        lock(sem, "down_write_nested()").lock(DOWN_WRITE_NESTED.of(Lockdep.subclass(subclass)), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code sem} to read if that is possible at once.
     *
     * <p>Context: process, or atomic. Takes {@code sem} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/rwsem.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "up_read")
    public static int down_read_trylock(rw_semaphore sem) {
        return lock(sem, "down_read_trylock()").tryLock(DOWN_READ_TRYLOCK) ? 1 : 0;
    }

    /**
     * Takes {@code sem} to write if that is possible at once.
     *
     * <p>Context: process, or atomic. Takes {@code sem} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/rwsem.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "up_write")
    public static int down_write_trylock(rw_semaphore sem) {
        return lock(sem, "down_write_trylock()").tryLock(DOWN_WRITE_TRYLOCK) ? 1 : 0;
    }

    /**
     * Gives {@code sem} back after reading.
     *
     * <p>Context: process, or atomic. Expects {@code sem} held.
     */
    @KernelFunction(
            header = "linux/rwsem.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "down_read")
    public static void up_read(rw_semaphore sem) {
        lock(sem, "up_read()").unlock("up_read()", false);
    }

    /**
     * Gives {@code sem} back after writing.
     *
     * <p>Context: process, or atomic. Expects {@code sem} held.
     */
    @KernelFunction(
            header = "linux/rwsem.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "down_write")
    public static void up_write(rw_semaphore sem) {
        lock(sem, "up_write()").unlock("up_write()", true);
    }

    /**
     * Goes on as a reader of {@code sem}, without letting a writer in between.
     *
     * <p>Context: process, or atomic. Expects {@code sem} held to write.
     */
    @KernelFunction(
            header = "linux/rwsem.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "up_read")
    public static void downgrade_write(rw_semaphore sem) {
        lock(sem, "downgrade_write()").downgrade(DOWNGRADE_WRITE);
    }

    /**
     * Whether somebody has {@code sem}: not necessarily the caller, and not necessarily still.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rwsem.h")
    public static int rwsem_is_locked(rw_semaphore sem) {
        return lock(sem, "rwsem_is_locked()").isLocked() ? 1 : 0;
    }

    /**
     * Whether somebody waits for {@code sem}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rwsem.h")
    public static int rwsem_is_contended(rw_semaphore sem) {
        return lock(sem, "rwsem_is_contended()").isContended() ? 1 : 0;
    }
}
