package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** A task that takes several locks of a class, in any order ({@code struct ww_acquire_ctx}). */
public abstract class WoundWaitContext extends AnnotatedLock {
    private static final LockRequest BEGIN = LockRequest.of("ww_acquire_init()");

    private @Nullable WoundWaitClass lockClass;
    private @Nullable Task task;
    private @Nullable WoundWaitLock contending;
    private long stamp;
    private int acquired;
    private boolean wounded;
    private boolean done;

    /** The running task begins to take locks of {@code newClass}. */
    public final void begin(WoundWaitClass newClass) {
        initialise();
        setClass(newClass.acquireKey(), nameOf(newClass) + "_acquire");
        lockClass = newClass;
        task = Simulation.current().scheduler().current();
        contending = null;
        stamp = newClass.nextStamp();
        acquired = 0;
        wounded = false;
        done = false;
        acquire(BEGIN);
    }

    /** Nothing more is taken. */
    public final void done() {
        if (done) {
            misuse("ww_acquire_done() of " + lockName() + " for the second time", "call it once, after the last lock");
        }
        done = true;
    }

    /** All has been given back. */
    public final void end() {
        if (acquired > 0) {
            misuse(
                    "ww_acquire_fini() of " + lockName() + " with " + acquired + " locks held",
                    "give every lock back first");
        }
        release("ww_acquire_fini()");
    }

    static void misuse(String message, String advice) {
        Misuses.report("ww-mutex-misuse", message, "DEBUG_LOCKS_WARN_ON", advice);
    }

    final boolean isOf(@Nullable WoundWaitClass other) {
        return lockClass == other;
    }

    final boolean isDone() {
        return done;
    }

    final boolean isWounded() {
        return wounded;
    }

    final int acquired() {
        return acquired;
    }

    /** Who began earlier goes first. */
    final boolean isYoungerThan(WoundWaitContext other) {
        return stamp > other.stamp;
    }

    final @Nullable WoundWaitLock contending() {
        return contending;
    }

    /** Refuses it a lock: what it has keeps an older one waiting. */
    final void refuse(WoundWaitLock lock) {
        contending = lock;
    }

    /** Forgets what was meant for the locks that it had before it gave them all back. */
    final void startAnew() {
        if (acquired == 0) {
            wounded = false;
        }
    }

    final void gain(WoundWaitLock lock) {
        WoundWaitLock refused = contending;
        if (refused != null && (refused != lock || acquired > 0)) {
            misuse(
                    lock.lockName() + " is taken after -EDEADLK for " + refused.lockName()
                            + (acquired > 0 ? ", with others held" : ""),
                    "give every lock back, and take the one that was refused with ww_mutex_lock_slow() first");
        }
        contending = null;
        acquired++;
    }

    final void lose() {
        acquired--;
    }

    /** Lets it give way as soon as it would wait. */
    final void wound() {
        wounded = true;
        if (task != null) {
            Simulation.current().scheduler().wake(task);
        }
    }
}
