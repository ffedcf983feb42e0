package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.sched.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mutex that is taken with others of its class in any order: of two that would wait for each other, the one that began
 * later is refused and has to give back what it has ({@code kernel/locking/ww_mutex.h}).
 */
public abstract class WoundWaitLock extends KernelLock {
    /** What came of asking for it. */
    public enum Outcome {
        /** It is the caller's. */
        TAKEN,
        /** It was the caller's before. */
        ALREADY,
        /** The caller has to give way. */
        REFUSED,
        /** A signal ended the wait. */
        SIGNAL
    }

    private @Nullable WoundWaitClass lockClass;
    private @Nullable ExecutionContext owner;
    private @Nullable WoundWaitContext context;
    private final List<Waiter> waiting = new ArrayList<>(1);

    private static final class Waiter {
        final Task task;
        final @Nullable WoundWaitContext context;

        Waiter(Task task, @Nullable WoundWaitContext context) {
            this.task = task;
            this.context = context;
        }
    }

    protected WoundWaitLock() {
        super(WaitType.SLEEP, "ww_mutex_init", "DEBUG_LOCKS_WARN_ON(lock->magic != lock)");
    }

    /** Makes it ready for use, as one of {@code newClass}. */
    public final void initialise(WoundWaitClass newClass) {
        initialise();
        setClass(newClass.mutexKey(), lockName());
        lockClass = newClass;
    }

    @Override
    protected final void reset() {
        owner = null;
        context = null;
        waiting.clear();
    }

    @Override
    public final void breakOpen() {
        open();
    }

    /** Whether somebody has it. */
    public final boolean isLocked() {
        return owner != null;
    }

    /**
     * Takes it, asleep until it is free, unless that could be for ever.
     *
     * @param asker who takes several, or null for who takes this one alone
     * @param how how the task sleeps: bits of {@link dev.tophalf.runtime.sched.Sleep}
     */
    public final Outcome lock(LockRequest request, @Nullable WoundWaitContext asker, int how) {
        if (asker != null) {
            if (asker == context) {
                return Outcome.ALREADY;
            }
            judge(request, asker);
            asker.startAnew();
        }
        LockClass known = check(request.under(asker));
        ExecutionContext holder = holderHere();
        if (holder != null) {
            throw deadlock(request, known, holder);
        }
        Outcome outcome = owner == null && waiting.isEmpty() ? Outcome.TAKEN : sleep(asker, how);
        if (outcome == Outcome.TAKEN) {
            have(request, known, asker);
        }
        return outcome;
    }

    private void judge(LockRequest request, WoundWaitContext asker) {
        if (asker.isDone()) {
            WoundWaitContext.misuse(
                    request.call() + " of " + lockName() + " after ww_acquire_done()",
                    "take all locks first, or do not say that there are no more");
        }
        if (!asker.isOf(lockClass)) {
            WoundWaitContext.misuse(
                    request.call() + " of " + lockName() + " by a context of another class",
                    "begin with ww_acquire_init() of the class that the lock was initialised with");
        }
    }

    /** Asks for what was refused before, with nothing else held. */
    public final void checkSlow(String call, WoundWaitContext asker) {
        if (asker.contending() == null) {
            WoundWaitContext.misuse(
                    call + " of " + lockName() + ", which was not refused", "use ww_mutex_lock() for the first try");
        }
    }

    private Outcome sleep(@Nullable WoundWaitContext asker, int how) {
        Simulation now = Simulation.current();
        Task task = now.scheduler().current();
        if (task == null) {
            throw now.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + lockName());
        }
        Waiter me = new Waiter(task, asker);
        if (!queue(me)) {
            return refused(asker);
        }
        Awaited turn = new Awaited("ww_mutex " + lockName(), () -> isTurnOf(me) || mustGiveWay(me), this::lastingOwner);
        try {
            while (!isTurnOf(me)) {
                if (mustGiveWay(me)) {
                    return refused(asker);
                }
                if (!now.scheduler().sleep(turn, how)) {
                    return Outcome.SIGNAL;
                }
            }
            return Outcome.TAKEN;
        } finally {
            waiting.remove(me);
            if (owner == null) {
                wakeFirst(now);
            }
        }
    }

    private Outcome refused(@Nullable WoundWaitContext asker) {
        if (asker != null) {
            asker.refuse(this);
        }
        return Outcome.REFUSED;
    }

    private boolean isTurnOf(Waiter me) {
        return owner == null && waiting.get(0) == me;
    }

    /** Who has it and will not give it up by himself as soon as he waits. */
    private @Nullable ExecutionContext lastingOwner() {
        return context != null && context.isWounded() ? null : owner;
    }

    /** Puts {@code me} in, older contexts first; false if it has to give way at once ({@code __ww_mutex_add_waiter()}). */
    private boolean queue(Waiter me) {
        WoundWaitContext mine = me.context;
        int place = waiting.size();
        for (int i = waiting.size() - 1; mine != null && i >= 0; i--) {
            WoundWaitContext other = waiting.get(i).context;
            if (other == null) {
                continue;
            }
            if (mine.isYoungerThan(other)) {
                if (isWaitDie() && mine.acquired() > 0) {
                    return false;
                }
                break;
            }
            place = i;
            letDie(waiting.get(i), mine);
        }
        waiting.add(place, me);
        if (mine != null && !isWaitDie()) {
            wound(mine, context);
        }
        return true;
    }

    private boolean isWaitDie() {
        return lockClass != null && lockClass.isWaitDie();
    }

    /** A younger one does not wait behind {@code older}: it wakes up and finds that. */
    private boolean letDie(Waiter waiter, WoundWaitContext older) {
        WoundWaitContext other = waiter.context;
        boolean dies = isWaitDie() && other != null && other.acquired() > 0 && other.isYoungerThan(older);
        if (dies) {
            Simulation.current().scheduler().wake(waiter.task);
        }
        return dies;
    }

    /** A younger one that has it does not keep {@code waiter} waiting for long. */
    private static boolean wound(WoundWaitContext waiter, @Nullable WoundWaitContext holder) {
        if (holder == null || waiter.acquired() == 0 || !holder.isYoungerThan(waiter)) {
            return false;
        }
        holder.wound();
        return true;
    }

    /** Whether {@code me} could wait for ever ({@code __ww_mutex_check_kill()}). */
    private boolean mustGiveWay(Waiter me) {
        WoundWaitContext mine = me.context;
        if (mine == null || mine.acquired() == 0) {
            return false;
        }
        if (!isWaitDie()) {
            return mine.isWounded();
        }
        boolean isBehindOlder =
                waiting.stream().takeWhile(waiter -> waiter != me).anyMatch(waiter -> waiter.context != null);
        return isBehindOlder || (context != null && mine.isYoungerThan(context));
    }

    private void have(LockRequest request, @Nullable LockClass known, @Nullable WoundWaitContext asker) {
        owner = Simulation.current().cpu().context();
        context = asker;
        taken(request, known);
        if (asker == null) {
            return;
        }
        asker.gain(this);
        for (Waiter waiter : List.copyOf(waiting)) {
            WoundWaitContext other = waiter.context;
            if (other != null && (letDie(waiter, asker) || (!isWaitDie() && wound(other, asker)))) {
                return;
            }
        }
    }

    /** Takes it if it is free; whether it was. */
    public final boolean tryLock(LockRequest request, @Nullable WoundWaitContext asker) {
        if (asker != null) {
            judge(request, asker);
            asker.startAnew();
        }
        LockClass known = check(request.under(asker));
        if (owner != null || !waiting.isEmpty()) {
            return false;
        }
        have(request, known, asker);
        return true;
    }

    /** Gives it back, for {@code call}. */
    public final void unlock(String call) {
        if (released(call)) {
            open();
        }
    }

    private void open() {
        if (context != null) {
            context.lose();
        }
        owner = null;
        context = null;
        wakeFirst(Simulation.current());
    }

    private void wakeFirst(Simulation now) {
        if (!waiting.isEmpty()) {
            now.scheduler().wake(waiting.get(0).task);
        }
    }
}
