package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Site;
import java.util.Locale;

/** Counts what the drivers use, lets time pass for it, and ends a run that uses more than its budgets. */
public final class Meter {
    /** What so many ticks cost: a nanosecond-exact price of each would make short loops visible in every time. */
    private static final int TICKS_PER_STEP = 100;

    private static final int STEP_NS = 1_000;

    /** How many bytes of memory the weaver counts as one tick. */
    private static final int BYTES_PER_TICK = 64;

    /** What an exception costs, and how many frames of its stack trace cost as much as 64 bytes. */
    private static final int EXCEPTION_UNITS = 10;

    private static final int FRAMES_PER_UNIT = 4;

    /** The least that a call takes on the stack: its frame pointer, where it returns to, and two registers. */
    private static final int BYTES_PER_FRAME = 32;

    private final Simulation simulation;
    private final Budgets budgets;
    private long ticks;
    private final Allowance memory;
    private final Allowance output;

    public Meter(Simulation simulation, Budgets budgets) {
        this.simulation = simulation;
        this.budgets = budgets;
        this.memory = new Allowance(budgets.memoryBytes());
        this.output = new Allowance(budgets.outputBytes());
    }

    /**
     * What is left of a budget. Who was ended may have kept what he took, so what comes after him has half as much, and
     * all together never twice the budget.
     */
    private static final class Allowance {
        private long grant;
        private long left;

        Allowance(long budget) {
            grant = budget;
            left = budget;
        }

        boolean take(long bytes) {
            left -= bytes;
            if (left >= 0) {
                return true;
            }
            grant /= 2;
            left = grant;
            return false;
        }
    }

    /** How much the run may use. */
    public Budgets budgets() {
        return budgets;
    }

    /** A driver's loop turns, or one of its functions is entered. */
    void tick(int siteNumber) {
        if (++ticks % TICKS_PER_STEP == 0) {
            step(siteNumber);
        }
    }

    /** A driver's function is entered. Returns how deep its caller is. */
    int enter(int siteNumber) {
        ExecutionContext context = simulation.cpu().context();
        int depth = context.callDepth();
        boolean inTask = context.level() == ExecutionContext.Level.TASK;
        int stackBytes = inTask ? budgets.taskStackBytes() : budgets.irqStackBytes();
        if (depth >= stackBytes / BYTES_PER_FRAME) {
            at(siteNumber);
            context.setCallDepth(0);
            throw over(
                    "stack-overflow",
                    String.format(
                            Locale.ROOT, "%,d nested calls, more than a stack of %,d bytes holds", depth, stackBytes),
                    "BUG: " + (inTask ? "TASK" : "IRQ") + " stack guard page was hit",
                    "use a loop and a list instead of recursion");
        }
        context.setCallDepth(depth + 1);
        tick(siteNumber);
        return depth;
    }

    /** A driver is about to make an array or a text of {@code units} times 64 bytes. */
    void charge(int units, int siteNumber) {
        if (!memory.take((long) units * BYTES_PER_TICK)) {
            at(siteNumber);
            throw outOfMemory();
        }
        work(units, siteNumber);
    }

    /** A driver is about to have as much done as {@code units} turns of a loop. */
    void work(int units, int siteNumber) {
        long before = ticks / TICKS_PER_STEP;
        ticks += units;
        if (ticks / TICKS_PER_STEP != before) {
            step(siteNumber);
        }
    }

    /** An exception of a driver has been made or caught: it holds where each of its callers was. */
    void exception(int siteNumber) {
        charge(EXCEPTION_UNITS + simulation.cpu().context().callDepth() / FRAMES_PER_UNIT, siteNumber);
    }

    /** The kernel is about to give a driver so much memory. */
    public void allocate(long bytes) {
        if (!memory.take(bytes)) {
            throw outOfMemory();
        }
    }

    /** A driver has given memory back. */
    public void free(long bytes) {
        memory.left += bytes;
    }

    private Error outOfMemory() {
        return over(
                "memory-budget",
                bytes(budgets.memoryBytes()) + " of memory",
                "Out of memory: Killed process",
                "make buffers once and use them again");
    }

    /** A driver logs a message of that many bytes. */
    public void output(int bytes) {
        if (!output.take(bytes)) {
            throw over(
                    "output-budget",
                    bytes(budgets.outputBytes()) + " of messages",
                    "",
                    "log what changes, or use the ratelimited forms");
        }
    }

    /** How many ticks the drivers have taken. */
    public long ticks() {
        return ticks;
    }

    private void step(int siteNumber) {
        at(siteNumber);
        simulation.spend(STEP_NS);
        simulation.gate().letThingsHappen();
        if (ticks >= budgets.ticks()) {
            ticks = 0;
            throw over(
                    "soft-lockup",
                    String.format(Locale.ROOT, "%,d loop turns", budgets.ticks()),
                    "watchdog: BUG: soft lockup - CPU#0 stuck",
                    "give the loop an end: a count, or a time limit as in read_poll_timeout()");
        }
        checkTime();
    }

    /** Ends the run if the machine's clock has gone too far. */
    void checkTime() {
        if (simulation.nowNs() > budgets.machineTimeNs()) {
            report(
                    "time-budget",
                    budgets.machineTimeNs() / 1_000_000 + " ms of machine time",
                    "",
                    "end the waiting, or raise the budget");
            throw simulation.stop("the run is over its budget of machine time");
        }
    }

    private void at(int siteNumber) {
        simulation.cpu().context().setSite(simulation.sites().get(siteNumber));
    }

    private Error over(String rule, String amount, String linux, String advice) {
        report(rule, amount, linux, advice);
        return simulation.gate().killCurrent(rule + " in " + simulation.site().functionWords());
    }

    private void report(String rule, String amount, String linux, String advice) {
        Site site = simulation.site();
        String message = site.functionWords() + " was stopped after " + amount;
        simulation.record(new Misuse(rule, message, linux, site, advice));
    }

    private static String bytes(long count) {
        return count >= 1 << 20 ? (count >> 20) + " MiB" : count + " bytes";
    }
}
