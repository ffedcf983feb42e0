package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockMap;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.memory.Contents;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all locks of drivers have in common: they are to be initialised, are checked, and are held by somebody. */
public abstract class KernelLock extends EmbeddedStruct implements HoldableLock, Contents {
    private final WaitType waitType;
    private final String initialiser;
    private final String magic;
    private @Nullable LockMap map;

    /**
     * @param waitType what waiting for it does
     * @param initialiser the function that makes it ready for use
     * @param magic what Linux says of one that is not ready
     */
    protected KernelLock(WaitType waitType, String initialiser, String magic) {
        this.waitType = waitType;
        this.initialiser = initialiser;
        this.magic = magic;
    }

    @Override
    public final String lockName() {
        return EmbeddedStruct.nameOf(this);
    }

    @Override
    public final String contents(Simulation simulation) {
        if (map == null) {
            return "not initialised";
        }
        ExecutionContext holder = simulation.locks().holder(this);
        return holder == null ? "free" : "held by " + holder.name();
    }

    /** Defines a lock with file scope: a class by itself. */
    public static <T extends KernelLock> T define(T lock, String name) {
        return named(EmbeddedStruct.embed(lock, null, name), name);
    }

    /** Makes a lock ready for use where it is declared: a class by itself, with a name in C. */
    public static <T extends KernelLock> T named(T lock, String name) {
        ((KernelLock) lock).map = new LockMap(lock, name, ((KernelLock) lock).waitType);
        return lock;
    }

    /** Makes it ready for use, unlocked. All that the same line initialises are of one class. */
    public final void initialise() {
        initialise(Simulation.current().site());
    }

    /** As {@link #initialise()}, for a lock that is part of a larger one, which that line initialises, too. */
    public final void initialiseAs(String part) {
        initialise(List.of(Simulation.current().site(), part));
    }

    private void initialise(Object key) {
        reportIfHeld(initialiser + "() of " + lockName());
        map = new LockMap(key, lockName(), waitType);
        reset();
    }

    /** Gives it a class of its own ({@code lockdep_set_class()}). */
    public final void setClass(Object key, String name) {
        map = new LockMap(key, name, waitType);
    }

    /** Lets who names no subclass mean {@code subclass} ({@code lockdep_set_subclass()}). */
    public final void setSubclass(int subclass) {
        LockMap known = map;
        map = known == null
                ? new LockMap(this, lockName(), waitType, subclass)
                : new LockMap(known.key(), known.name(), waitType, subclass);
    }

    /** Its classes. */
    public final @Nullable LockMap map() {
        return map;
    }

    /** Opens it and forgets who waits. */
    protected abstract void reset();

    @Override
    public void breakOpen() {
        reset();
    }

    /** Its memory is used for something else: nobody may hold it. */
    final void reportIfHeld(String what) {
        if (map == null) {
            return;
        }
        ExecutionContext holder = Simulation.current().locks().holder(this);
        if (holder == null) {
            return;
        }
        HeldLock held = holder.held().stream()
                .filter(one -> one.lock() == this)
                .findFirst()
                .orElseThrow();
        Misuses.report(
                "lock-freed-while-held",
                what + ", which " + holder.name() + " holds since " + held.takenAt(),
                "WARNING: held lock freed!",
                "give the lock back before its memory is freed or it is initialised again");
    }

    /** Lets the checker look at how it is about to be taken; its class, or null if nothing is checked. */
    protected final @Nullable LockClass check(LockRequest request) {
        return Simulation.current().locks().check(mapFor(request), this, request);
    }

    /** Lets the checker look at how the caller is about to wait for all who have it. */
    protected final void checkWait(LockRequest request) {
        Simulation.current().locks().checkWait(mapFor(request), this, request.awaiting());
    }

    private LockMap mapFor(LockRequest request) {
        LockMap known = map;
        if (known == null) {
            Misuses.report(
                    "lock-not-initialised",
                    request.call() + " of " + lockName() + ", which was never initialised",
                    magic,
                    "call " + initialiser + "() before anybody can take the lock");
            known = new LockMap(this, lockName(), waitType);
            map = known;
        }
        return known;
    }

    /** Lets the checker look at how it could be taken here. */
    public final void couldBeTaken(LockRequest request) {
        check(request);
    }

    /** Says that it is not used any more, for {@code call}. */
    public final void destroy(String call) {
        reportIfHeld(call + " of " + lockName());
        map = null;
        reset();
    }

    /** Notes that the caller has it. */
    protected final void taken(LockRequest request, @Nullable LockClass lockClass) {
        Simulation now = Simulation.current();
        boolean sleeps = waitType == WaitType.SLEEP || waitType == WaitType.NONE;
        ExecutionContext context = now.cpu().context();
        Nesting.take(new HeldLock(this, context.site(), sleeps, lockClass, request.mode(), request.tries()), context);
    }

    /** Notes that the caller does not have it any more; false, and a finding, if he had not. */
    protected final boolean released(String call) {
        Simulation now = Simulation.current();
        if (now.cpu().context().release(this)) {
            return true;
        }
        ExecutionContext holder = now.locks().holder(this);
        if (holder == null) {
            Misuses.report(
                    "unlock-not-held",
                    call + " of " + lockName() + ", which is not held here",
                    "WARNING: bad unlock balance detected!",
                    "pair every unlock with one lock on the same way through the function");
        } else {
            Misuses.report(
                    "unlock-by-other",
                    call + " of " + lockName() + ", which " + holder.name() + " holds",
                    "WARNING: bad unlock balance detected!",
                    "let who took the lock give it back; what others are to end is a semaphore or a completion");
        }
        return false;
    }

    /** Whether who is on this CPU's stack holds it: the caller, or whom he has interrupted. */
    protected final @Nullable ExecutionContext holderHere() {
        Cpu cpu = Simulation.current().cpu();
        for (int depth = cpu.depth() - 1; depth >= 0; depth--) {
            if (cpu.contextAt(depth).holds(this)) {
                return cpu.contextAt(depth);
            }
        }
        return null;
    }

    /** The caller, or whom he has interrupted, keeps him from ever having it: reports that, unless the checker has. */
    protected final Error deadlock(LockRequest request, @Nullable LockClass lockClass, ExecutionContext holder) {
        Simulation now = Simulation.current();
        boolean itself = holder == now.cpu().context();
        if (lockClass == null || !lockClass.isReported()) {
            Misuses.report(
                    "deadlock",
                    request.call() + " waits for " + lockName() + ", which "
                            + (itself ? "its caller already holds" : "the code that it interrupted holds"),
                    itself ? "BUG: spinlock recursion" : "watchdog: BUG: soft lockup",
                    itself
                            ? "take the lock once, and call helpers that expect it held"
                            : "keep out the interrupt wherever the lock is held: the irqsave or bh form");
        }
        return now.gate().killCurrent("deadlock on " + lockName());
    }
}
