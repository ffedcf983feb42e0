package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.cpu.ReadSection;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.sched.Sleep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Readers who may sleep, and who are waited for by those alone who name the same struct ({@code kernel/rcu/srcutree.c}).
 * To the lock checker a reader has the struct to read, and who waits for a grace period waits for it.
 */
public abstract class SleepableRcu extends KernelLock implements ReadSection {
    private static final LockRequest READ = LockRequest.of("srcu_read_lock()").in(LockMode.RECURSIVE);

    private final List<Reader> readers = new ArrayList<>(1);
    private int index;

    /** One reader; two of the same place are two. */
    static final class Reader {
        private final ExecutionContext context;
        private final HeldLock held;
        private final int index;

        private Reader(ExecutionContext context, HeldLock held, int index) {
            this.context = context;
            this.held = held;
            this.index = index;
        }
    }

    protected SleepableRcu() {
        super(WaitType.NONE, "init_srcu_struct", "BUG: kernel NULL pointer dereference");
    }

    @Override
    protected final void reset() {
        readers.clear();
        index = 0;
    }

    @Override
    public final boolean forbidsSleep() {
        return false;
    }

    @Override
    public final String begunBy() {
        return "srcu_read_lock() of " + lockName();
    }

    /** Whoever left it open reads no more. */
    @Override
    public final void breakOpen() {
        ExecutionContext context = Simulation.current().cpu().context();
        Reader last = lastOf(context, any -> true);
        if (last != null) {
            end(last);
        }
    }

    private SrcuCallbacks callbacks() {
        return SrcuCallbacks.of(Simulation.current());
    }

    private static ExecutionContext me() {
        return Simulation.current().cpu().context();
    }

    /** The caller begins to read. Returns what {@link #end} has to be given. */
    public final int begin() {
        taken(READ, check(READ));
        List<HeldLock> held = me().held();
        readers.add(new Reader(me(), held.get(held.size() - 1), index));
        return index;
    }

    /** The caller ends the reading that began with {@code given}, for {@code call}. */
    public final void end(int given, String call) {
        Reader reader = lastOf(me(), began -> began.index == given);
        Reader other = reader == null ? lastOf(me(), any -> true) : reader;
        if (other == null) {
            Misuses.report(
                    "rcu-unbalanced",
                    call + " of " + lockName() + ", which the caller does not read",
                    "WARNING: bad unlock balance detected!",
                    "pair it with one srcu_read_lock() of the same struct on the same way through the function");
            return;
        }
        if (reader == null) {
            Misuses.report(
                    "srcu-wrong-index",
                    call + " of " + lockName() + " with " + given + ", where srcu_read_lock() returned " + other.index,
                    "WARNING: CPU: 0 at srcu_read_unlock",
                    "keep what srcu_read_lock() returns, and pass that");
        }
        me().release(this);
        end(other);
    }

    private void end(Reader reader) {
        readers.remove(reader);
        Simulation now = Simulation.current();
        Rcu.of(now).readerEnded();
        callbacks().readerEnded();
    }

    /** The latest reader of {@code context} that is meant, or null. */
    private @Nullable Reader lastOf(ExecutionContext context, Predicate<Reader> isMeant) {
        for (int i = readers.size() - 1; i >= 0; i--) {
            Reader reader = readers.get(i);
            if (reader.context == context && isMeant.test(reader)) {
                return reader;
            }
        }
        return null;
    }

    /** Whether the caller reads. */
    public final boolean isReading() {
        return lastOf(me(), any -> true) != null;
    }

    /** The caller has got {@code object} from a pointer that writers change. */
    public final void got(@Nullable Object object) {
        ExecutionContext context = me();
        readers.stream()
                .filter(reader -> reader.context == context)
                .findFirst()
                .ifPresent(outermost -> Rcu.of(Simulation.current()).got(object, outermost.held));
    }

    /** The caller has got {@code object} under the one struct that he reads, if it is one. */
    public static void gotByOnly(Object object) {
        List<HoldableLock> domains = me().held().stream()
                .map(HeldLock::lock)
                .filter(SleepableRcu.class::isInstance)
                .distinct()
                .toList();
        if (domains.size() == 1) {
            ((SleepableRcu) domains.get(0)).got(object);
        }
    }

    /** Those who read now, who are what a grace period that begins now waits for. */
    final List<Reader> beginGracePeriod() {
        index ^= 1;
        return List.copyOf(readers);
    }

    /** Whether none of {@code awaited} reads any more. */
    final boolean isOver(List<Reader> awaited) {
        return awaited.stream().noneMatch(readers::contains);
    }

    /** Sleeps until everybody who reads now has ended, for {@code call}. */
    public final void synchronize(String call) {
        if (isReading()) {
            Misuses.report(
                    "srcu-sync-deadlock",
                    call + " of " + lockName() + " waits for its caller, who reads it",
                    "WARNING: suspicious RCU usage: Illegal synchronize_srcu() in same-type SRCU (or in RCU) read-side"
                            + " critical section",
                    "end the reader first");
            throw Simulation.current().gate().killCurrent("deadlock in " + call);
        }
        checkWait(LockRequest.of(call));
        List<Reader> awaited = beginGracePeriod();
        callbacks()
                .changes()
                .await(
                        new Awaited("readers of " + lockName(), () -> isOver(awaited), () -> only(awaited)),
                        Sleep.UNINTERRUPTIBLE);
    }

    private @Nullable ExecutionContext only(List<Reader> awaited) {
        List<Reader> left = awaited.stream().filter(readers::contains).toList();
        return left.size() == 1 ? left.get(0).context : null;
    }

    /** Says that it is not used any more, for {@code call}: nobody reads, and nothing is to be called. */
    public final void cleanUp(String call) {
        boolean isPending = callbacks().isPending(this);
        if (readers.isEmpty() && !isPending) {
            destroy(call);
            return;
        }
        Misuses.report(
                "srcu-in-use",
                call + " of " + lockName()
                        + (isPending
                                ? ", which has callbacks queued"
                                : ", which is read since " + readers.get(0).held.takenAt()),
                "WARNING: CPU: 0 at cleanup_srcu_struct",
                isPending
                        ? "wait for them with srcu_barrier() first"
                        : "keep new readers out and wait for those who read with synchronize_srcu() first");
    }
}
