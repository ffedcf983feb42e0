package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Interrupt.irq_handler_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.WaitQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The thread of a threaded handler: it runs once for each time that it is woken, and may sleep. */
final class IrqThread {
    private final Simulation simulation;
    private final IrqLine line;
    private final irq_handler_t function;
    private final @Nullable Object devId;
    private final boolean oneshot;
    private final WaitQueue waiting;
    private final Task task;
    private boolean due;
    private boolean running;
    private boolean stopping;
    private boolean ended;
    private boolean holding;

    IrqThread(
            Simulation simulation,
            IrqLine line,
            irq_handler_t function,
            String name,
            @Nullable Object devId,
            boolean oneshot) {
        this.simulation = simulation;
        this.line = line;
        this.function = function;
        this.devId = devId;
        this.oneshot = oneshot;
        this.waiting = new WaitQueue(simulation.scheduler());
        this.task = simulation.scheduler().spawn("irq/" + line.irq() + "-" + name, line.affinity(), this::loop);
    }

    /** Makes it run, once more if it runs already. Called in hard irq context. A oneshot line stays masked until then. */
    void wake() {
        if (ended) {
            return;
        }
        if (oneshot && !holding) {
            holding = true;
            line.hold();
        }
        due = true;
        waiting.wakeAll();
    }

    /** Says on which CPUs it may run. */
    void setAffinity(int cpus) {
        task.setCpuMask(cpus);
    }

    /** Whether the current task is this thread. */
    boolean isCurrent() {
        return simulation.scheduler().current() == task;
    }

    /** Whether it runs, or has been woken to. */
    boolean isActive() {
        return due || running;
    }

    /** Waits until it neither runs nor is about to. */
    void awaitIdle() {
        await("the thread " + task, () -> !isActive());
    }

    /** Ends it, after a run that is due. */
    void stop() {
        stopping = true;
        waiting.wakeAll();
        await("the end of " + task, () -> ended);
    }

    private void await(String what, BooleanSupplier condition) {
        waiting.await(new Awaited(what, condition, task::context), Sleep.UNINTERRUPTIBLE);
    }

    private void loop() {
        try {
            while (due || !stopping) {
                waiting.awaitIdle("irq " + line.irq(), () -> due || stopping);
                if (due) {
                    runOnce();
                }
            }
        } finally {
            ended = true;
            due = false;
            finish();
        }
    }

    private void runOnce() {
        due = false;
        running = true;
        DriverEntry.call("irq thread", function, () -> function.handle(line.irq(), devId));
        finish();
    }

    private void finish() {
        running = false;
        if (holding && !due) {
            holding = false;
            line.release();
        }
        waiting.wakeAll();
    }
}
