package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.Task;
import java.util.function.LongSupplier;

/** The way back to user space ({@code arch_do_signal_or_restart()}), where the signals of a process are taken. */
final class SystemCall {
    /** SIGCHLD, SIGCONT, SIGURG and SIGWINCH, which a process that does not ask for them never sees. */
    private static final int IGNORED = signal(17) | signal(18) | signal(23) | signal(28);

    private SystemCall() {}

    private static int signal(int number) {
        return 1 << (number - 1);
    }

    /**
     * Calls the kernel. A call that gives way to a signal which the process does not see begins anew.
     *
     * @return what the process gets: {@code -EINTR} if a signal ended the call
     */
    static long run(LongSupplier call) {
        while (true) {
            long result = call.getAsLong();
            int signals = takeSignals();
            if (result != -Errno.ERESTARTSYS) {
                return result;
            }
            if (signals == 0) {
                reportLeak();
                return result;
            }
            if ((signals & ~IGNORED) != 0) {
                return -Errno.EINTR;
            }
        }
    }

    /** Takes the signals of the running process, which SIGKILL ends. */
    private static int takeSignals() {
        Task task = Tasks.current();
        if (task == null) {
            return 0;
        }
        if (Tasks.isSignalled(task, Sched.TASK_WAKEKILL)) {
            Simulation.current().scheduler().kill(task);
            throw new Killed();
        }
        int signals = task.signals();
        task.clearSignals();
        return signals;
    }

    private static void reportLeak() {
        Misuses.report(
                "restart-without-signal",
                "-ERESTARTSYS reaches user space, where no such error is known: no signal waits",
                "",
                "return it only after signal_pending(), or where an interruptible wait returned it");
    }
}
