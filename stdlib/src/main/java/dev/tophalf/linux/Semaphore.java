package dev.tophalf.linux;

import static dev.tophalf.linux.Errno.EINTR;
import static dev.tophalf.linux.Errno.ETIME;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.CountingSemaphore;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Sleep;

/** {@code linux/semaphore.h}: numbers that tasks take from and anybody adds to. A lock that has an owner is a mutex. */
public final class Semaphore {
    private Semaphore() {}

    /** A semaphore: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/semaphore.h", embedded = true)
    public static final class semaphore extends CountingSemaphore {}

    private static CountingSemaphore of(semaphore given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines a semaphore with file scope that {@code n} can take from. */
    @DefinitionMacro(header = "linux/semaphore.h", declares = "%s")
    public static semaphore DEFINE_SEMAPHORE(@Name String name, int n) {
        semaphore made = EmbeddedStruct.embed(new semaphore(), null, name);
        made.initialise(n);
        return made;
    }

    /** A semaphore that {@code n} can take from. */
    @Initialiser(header = "linux/semaphore.h")
    public static semaphore __SEMAPHORE_INITIALIZER(semaphore sem, @Name String name, int n) {
        sem.initialise(n);
        return sem;
    }

    /**
     * Makes a semaphore ready for use, which {@code val} can take from.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/semaphore.h")
    public static void sema_init(semaphore sem, int val) {
        of(sem, "sema_init()").initialise(val);
    }

    /**
     * Takes one from {@code sem}, asleep until there is one.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/semaphore.h", sleeps = ALWAYS, pairsWith = "up")
    public static void down(semaphore sem) {
        of(sem, "down()").down("down()", Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes one from {@code sem}, asleep until there is one or a signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/semaphore.h", sleeps = ALWAYS, pairsWith = "up")
    public static int down_interruptible(semaphore sem) {
        return of(sem, "down_interruptible()").down("down_interruptible()", Sleep.INTERRUPTIBLE) ? 0 : -EINTR;
    }

    /**
     * Takes one from {@code sem}, asleep until there is one or a fatal signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/semaphore.h", sleeps = ALWAYS, pairsWith = "up")
    public static int down_killable(semaphore sem) {
        return of(sem, "down_killable()").down("down_killable()", Sleep.KILLABLE) ? 0 : -EINTR;
    }

    /**
     * Takes one from {@code sem}, asleep until there is one, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or -ETIME
     */
    @KernelFunction(header = "linux/semaphore.h", sleeps = ALWAYS, pairsWith = "up")
    public static int down_timeout(semaphore sem, long timeout) {
        long dueNs = Simulation.current().nowNs() + Jiffies.jiffies_to_nsecs(timeout);
        return of(sem, "down_timeout()").down("down_timeout()", Sleep.UNINTERRUPTIBLE, dueNs) ? 0 : -ETIME;
    }

    /**
     * Takes one from {@code sem} if there is one. The other way round than with locks: 0 is success.
     *
     * <p>Context: any.
     *
     * @return 0 if it was taken, else 1
     */
    @KernelFunction(header = "linux/semaphore.h", pairsWith = "up")
    public static int down_trylock(semaphore sem) {
        return of(sem, "down_trylock()").tryDown("down_trylock()") ? 0 : 1;
    }

    /**
     * Adds one to {@code sem}, which the first who sleeps gets. Whoever took it, anybody may.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/semaphore.h", pairsWith = "down")
    public static void up(semaphore sem) {
        of(sem, "up()").up("up()");
    }
}
