package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.Cpu;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one CPU runs and who waits for it: Linux's {@code struct rq}. */
final class RunQueue {
    /** A stretch of waiting with the CPU busy. */
    static final class Spin {
        final BooleanSupplier condition;
        final long untilNs;
        boolean givenUp;

        Spin(BooleanSupplier condition, long untilNs) {
            this.condition = condition;
            this.untilNs = untilNs;
        }
    }

    /** That nobody told the CPU to take an interrupt. */
    static final long NO_ORDER = -1;

    final Cpu cpu;
    final Task idle;
    final Deque<Task> ready = new ArrayDeque<>();

    /** Who has the CPU; the idle task if nobody has. */
    Task current;

    /** What the CPU waits for with the context that it runs, if it spins. */
    @Nullable
    Spin spin;

    /** Whether the idle task is between two interrupts. It always is while another task has the CPU. */
    boolean resting = true;

    /** The interrupt that the CPU is to take before it goes on. */
    long order = NO_ORDER;

    /** Since when the CPU runs what it runs. */
    long sinceNs;

    /** When what it runs came to stand still, counted with the turns of tasks. */
    long turn;

    /** Whether it is among what can be chosen. */
    boolean isOffered;

    RunQueue(Cpu cpu, Function<RunQueue, Task> idler) {
        this.cpu = cpu;
        this.idle = idler.apply(this);
        this.current = idle;
    }

    /** Since when the CPU, which can go on, waits to do so. */
    long turn() {
        Task first = isAtRest() ? ready.peek() : null;
        return first == null ? turn : first.turn();
    }

    boolean isIdle() {
        return current == idle;
    }

    /** Whether the CPU has nothing to go on with. */
    boolean isAtRest() {
        return current == idle && resting;
    }
}
