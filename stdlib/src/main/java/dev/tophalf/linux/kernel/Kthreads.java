package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Kthread.threadfn_t;
import dev.tophalf.runtime.Simulation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kernel threads that drivers made and that have not ended. */
public final class Kthreads {
    /** A name is longer by the byte at its end. */
    private static final int TASK_COMM_LEN = 16;

    private final Simulation simulation;
    private final Set<KernelThread> threads = new LinkedHashSet<>();

    private Kthreads(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The kernel threads of {@code simulation}. */
    public static Kthreads of(Simulation simulation) {
        return simulation.part(Kthreads.class, Kthreads::new);
    }

    /** Makes a thread, which does not run before it is woken. */
    public KernelThread create(threadfn_t function, @Nullable Object data, String name) {
        String comm = name.substring(0, Math.min(name.length(), TASK_COMM_LEN - 1));
        KernelThread thread = new KernelThread(simulation, function, data, comm);
        threads.add(thread);
        return thread;
    }

    void ended(KernelThread thread) {
        threads.remove(thread);
    }

    /** A module is unloaded: no thread may run its code. */
    public void unloaded(String module, String file) {
        for (KernelThread thread : List.copyOf(threads)) {
            if (thread.definition().file().equals(file)) {
                Misuses.report(
                        "missing-cancel",
                        module + " is unloaded while its kthread " + thread.task() + " runs",
                        "BUG: unable to handle page fault for address",
                        thread.createdAt,
                        "call kthread_stop() in the driver's remove or exit function");
                threads.remove(thread);
                thread.kill();
            }
        }
    }
}
