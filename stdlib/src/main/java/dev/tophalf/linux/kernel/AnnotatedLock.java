package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;

/**
 * Something that is no lock, but that a driver waits for as for one, and says so to the checker. Nobody ever waits here:
 * who takes it has it, whoever else has.
 */
public abstract class AnnotatedLock extends KernelLock {
    protected AnnotatedLock() {
        super(WaitType.NONE, "lockdep_init_map", "BUG: key has not been registered");
    }

    @Override
    protected final void reset() {
        // there is nobody to let in
    }

    /** Notes that the caller has it, after a look at what he has beside it. */
    public final void acquire(LockRequest request) {
        taken(request, check(request));
    }

    /** Notes that the caller has it, without a look. */
    public final void hold(LockRequest request) {
        taken(request, null);
    }

    /** Notes that the caller does not have it any more. */
    public final void release(String call) {
        released(call);
    }

    /** Looks at what the caller has who waits for everybody that has it. */
    public final void awaitAll(LockRequest request) {
        checkWait(request);
    }

    /** Whether the caller has it. */
    public final boolean isHeld() {
        return Simulation.current().cpu().context().held().stream()
                .map(HeldLock::lock)
                .anyMatch(lock -> lock == this);
    }
}
