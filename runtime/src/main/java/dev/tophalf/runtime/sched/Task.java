package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Carrier.Coroutine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that the scheduler runs: a user process in a system call, a kworker, an irq thread. */
public final class Task {
    /** What a task is doing. */
    public enum State {
        RUNNABLE,
        RUNNING,
        BLOCKED,
        DONE
    }

    private final int pid;
    private final String comm;
    private final ExecutionContext context;
    private final Coroutine coroutine;
    private State state = State.RUNNABLE;
    private boolean killed;
    private boolean sleeping;
    private String waitsFor = "";
    private @Nullable Object struct;
    private int savedPreemptCount;
    private boolean savedIrqsOff;

    Task(int pid, String comm, Carrier carrier, Runnable body) {
        this.pid = pid;
        this.comm = comm;
        this.context = new ExecutionContext(ExecutionContext.Level.TASK, comm + "/" + pid);
        this.coroutine = carrier.create(comm + "/" + pid, body);
    }

    public int pid() {
        return pid;
    }

    /** Its name, as {@code ps} shows it. */
    public String comm() {
        return comm;
    }

    /** Its level of a CPU's stack. */
    public ExecutionContext context() {
        return context;
    }

    public State state() {
        return state;
    }

    /** Whether it ended, or is about to end, by force. */
    public boolean isKilled() {
        return killed;
    }

    /** Whether it waits for nothing but time. */
    public boolean isSleeping() {
        return sleeping;
    }

    /** What it waits for, while blocked. */
    public String waitsFor() {
        return waitsFor;
    }

    /** What the kernel keeps for it, made by {@code maker} when it is first asked for: its {@code task_struct}. */
    public <T> T struct(Class<T> type, Function<Task, T> maker) {
        if (struct == null) {
            struct = maker.apply(this);
        }
        return type.cast(struct);
    }

    Coroutine coroutine() {
        return coroutine;
    }

    void setState(State newState) {
        state = newState;
    }

    void kill() {
        killed = true;
    }

    void waitFor(String what, boolean onlyTime) {
        waitsFor = what;
        sleeping = onlyTime;
    }

    int savedPreemptCount() {
        return savedPreemptCount;
    }

    boolean savedIrqsOff() {
        return savedIrqsOff;
    }

    void save(int preemptCount, boolean irqsOff) {
        savedPreemptCount = preemptCount;
        savedIrqsOff = irqsOff;
    }

    @Override
    public String toString() {
        return comm + "/" + pid;
    }
}
