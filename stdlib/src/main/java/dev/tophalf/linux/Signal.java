package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;

import dev.tophalf.linux.Current.task_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Tasks;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.sched.Task;

/** {@code linux/sched/signal.h}: what signals mean to who sleeps. */
public final class Signal {
    private Signal() {}

    /**
     * Whether a signal waits for a task, so that its interruptible sleeps end at once.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     *
     * @return 1 or 0
     */
    @KernelFunction(
            header = "linux/sched/signal.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static int signal_pending(task_struct p) {
        Task task = Arguments.require(p, "signal_pending()").task;
        return task != null && task.signals() != 0 ? 1 : 0;
    }

    /**
     * Whether a signal that ends a task waits for it, so that its killable sleeps end at once.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     *
     * @return 1 or 0
     */
    @KernelFunction(
            header = "linux/sched/signal.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static int fatal_signal_pending(task_struct p) {
        return signal_pending_state(Sched.TASK_WAKEKILL, p);
    }

    /**
     * Whether a signal waits for a task that ends a sleep like {@code state}.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     *
     * @return 1 or 0
     */
    @KernelFunction(
            header = "linux/sched/signal.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static int signal_pending_state(int state, task_struct p) {
        Task task = Arguments.require(p, "signal_pending_state()").task;
        return task != null && Tasks.isSignalled(task, state) ? 1 : 0;
    }
}
