package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Interrupt.irq_handler_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.WaitQueue;
import org.jspecify.annotations.Nullable;

/** The thread of a threaded handler: it runs once for each time that it is woken, and may sleep. */
final class IrqThread {
    private final IrqLine line;
    private final irq_handler_t function;
    private final @Nullable Object devId;
    private final boolean oneshot;
    private final WaitQueue waiting;
    private final Task task;
    private boolean due;
    private boolean running;
    private boolean stopping;
    private boolean masked;

    IrqThread(
            Simulation simulation,
            IrqLine line,
            irq_handler_t function,
            String name,
            @Nullable Object devId,
            boolean oneshot) {
        this.line = line;
        this.function = function;
        this.devId = devId;
        this.oneshot = oneshot;
        this.waiting = new WaitQueue(simulation.scheduler());
        this.task = simulation.scheduler().spawn("irq/" + line.irq() + "-" + name, this::loop);
    }

    /** Makes it run, called in hard irq context. A oneshot line stays masked until it has. */
    void wake() {
        if (oneshot && !masked) {
            masked = true;
            line.disable();
        }
        due = true;
        waiting.wakeAll();
    }

    /** Ends it, waiting for a run that is under way. */
    void stop() {
        stopping = true;
        waiting.wakeAll();
        waiting.await("the end of " + task, () -> !running);
    }

    private void loop() {
        try {
            while (!stopping) {
                waiting.awaitIdle("irq " + line.irq(), () -> due || stopping);
                if (due && !stopping) {
                    runOnce();
                }
            }
        } finally {
            running = false;
            unmask();
            waiting.wakeAll();
        }
    }

    private void runOnce() {
        due = false;
        running = true;
        DriverEntry.call("irq thread", function, () -> function.handle(line.irq(), devId));
        running = false;
        unmask();
        waiting.wakeAll();
    }

    private void unmask() {
        if (masked) {
            masked = false;
            line.enable();
        }
    }
}
