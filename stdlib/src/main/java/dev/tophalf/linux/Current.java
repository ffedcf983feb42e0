package dev.tophalf.linux;

import com.google.common.collect.ImmutableList;
import dev.tophalf.linux.kernel.TaskState;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Values;
import org.jspecify.annotations.Nullable;

/** {@code asm/current.h}: the task that runs on this CPU. */
public final class Current {
    private Current() {}

    /** A task, as drivers see it. */
    @KernelType(header = "linux/sched.h")
    public static final class task_struct extends KernelStruct implements Values.Described {
        /** Its number. */
        public final int pid;
        /** Its name. */
        public final String comm;

        /** What the scheduler runs; null for the idle task. */
        final @Nullable Task task;

        private final TaskState state = new TaskState();

        private task_struct(int pid, String comm, @Nullable Task task) {
            this.pid = pid;
            this.comm = comm;
            this.task = task;
        }

        /** What the kernel keeps for it. */
        public TaskState state() {
            return state;
        }

        @Override
        public String describe() {
            return comm + "/" + pid;
        }
    }

    /** The tasks that the CPUs run when they have nothing to do, by the number of the CPU. */
    private record Idle(ImmutableList<task_struct> structs) {
        static Idle of(Simulation simulation) {
            return new Idle(simulation.cpus().stream()
                    .map(cpu -> new task_struct(0, "swapper/" + cpu.number(), null))
                    .collect(ImmutableList.toImmutableList()));
        }
    }

    /** The running task; in an interrupt, the one that was interrupted. The same task is the same pointer. */
    @KernelVariable(header = "asm/current.h")
    public static task_struct current() {
        Simulation now = Simulation.current();
        Task task = now.scheduler().current();
        if (task == null) {
            return now.part(Idle.class, Idle::of).structs().get(now.cpu().number());
        }
        return of(task);
    }

    /** What drivers see of a task. */
    public static task_struct of(Task task) {
        return task.struct(task_struct.class, made -> new task_struct(made.pid(), made.comm(), made));
    }
}
