package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Carrier.Fiber;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that the scheduler runs: a user process in a system call, a kworker, an irq thread, a kthread. */
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
    private final Fiber fiber;
    private int cpuMask;
    private boolean bound;
    private int migrationOff;
    private Cpu cpu;
    private int sleep = Sleep.NONE;
    private boolean queued;
    private boolean running;
    private long turn;
    private boolean started;
    private boolean done;
    private boolean killed;
    private boolean user;
    private int signals;
    private boolean timed;
    private String waitsFor = "";
    private long blockedSinceNs;
    private boolean reportedHung;
    private @Nullable Object struct;
    private @Nullable SleepObserver sleepObserver;
    private int savedPreemptCount;
    private boolean savedIrqsOff;

    Task(int pid, String comm, Cpu cpu, int cpuMask, Function<Task, Fiber> fibers) {
        this.pid = pid;
        this.comm = comm;
        this.cpu = cpu;
        this.cpuMask = cpuMask;
        this.bound = cpuMask != Scheduler.EVERY_CPU;
        this.context = new ExecutionContext(ExecutionContext.Level.TASK, comm + "/" + pid);
        this.fiber = fibers.apply(this);
    }

    /** The idle task of a CPU. */
    Task(Cpu cpu, Function<Task, Fiber> fibers) {
        this.pid = 0;
        this.comm = cpu.context().name();
        this.cpu = cpu;
        this.cpuMask = 1 << cpu.number();
        this.context = cpu.context();
        this.fiber = fibers.apply(this);
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

    /** The CPU where it runs, or ran last. */
    public Cpu cpu() {
        return cpu;
    }

    /** The CPUs that it may run on, bit 0 for CPU 0. */
    public int cpuMask() {
        return migrationOff == 0 ? cpuMask : 1 << cpu.number();
    }

    /** Says on which CPUs it may run, from its next turn on. */
    public void setCpuMask(int mask) {
        cpuMask = mask;
    }

    /** Makes it a task of certain CPUs. */
    public void bind(int mask) {
        cpuMask = mask;
        bound = true;
    }

    /** Whether it cannot get to another CPU, although it can lose this one for a while. */
    public boolean isPinned() {
        return migrationOff > 0 || (bound && Integer.bitCount(cpuMask) == 1);
    }

    /** Keeps it on its CPU until {@link #enableMigration} has been called as often. */
    public void disableMigration() {
        migrationOff++;
    }

    /** Takes one {@link #disableMigration} back; false if there is none. */
    public boolean enableMigration() {
        boolean isOff = migrationOff > 0;
        migrationOff -= isOff ? 1 : 0;
        return isOff;
    }

    public State state() {
        if (done) {
            return State.DONE;
        }
        if (queued) {
            return State.RUNNABLE;
        }
        return running ? State.RUNNING : State.BLOCKED;
    }

    /** How it sleeps, or is about to: bits of {@link Sleep}. */
    public int sleep() {
        return sleep;
    }

    /** Says how it is about to sleep; it goes on running until it gives up the CPU. */
    public void setSleep(int newSleep) {
        sleep = newSleep;
    }

    /** Whether it is a user process in a system call, which signals reach; else it is the kernel's own. */
    public boolean isUser() {
        return user;
    }

    /** Makes it a user process. */
    public void setUser() {
        user = true;
    }

    /** Whether it ended, or is about to end, by force. */
    public boolean isKilled() {
        return killed;
    }

    /** Whether it waits for nothing but time. */
    public boolean isSleeping() {
        return timed;
    }

    /** What it waits for, while blocked. */
    public String waitsFor() {
        return waitsFor;
    }

    /** The signals that were sent to it and not taken yet, bit n-1 for signal n. */
    public int signals() {
        return signals;
    }

    void addSignal(int number) {
        signals |= 1 << (number - 1);
    }

    /** Takes all signals. */
    public void clearSignals() {
        signals = 0;
    }

    /** Whether a signal ends the sleep that it is in, or about to begin. */
    boolean isSignalled() {
        boolean fatal = (signals & Sleep.FATAL_SIGNALS) != 0;
        return ((sleep & Sleep.INTERRUPTIBLE) != 0 && signals != 0) || ((sleep & Sleep.WAKEKILL) != 0 && fatal);
    }

    /** What the kernel keeps for it, made by {@code maker} when it is first asked for: its {@code task_struct}. */
    public <T> T struct(Class<T> type, Function<Task, T> maker) {
        if (struct == null) {
            struct = maker.apply(this);
        }
        return type.cast(struct);
    }

    /** Who is told when it sleeps and wakes, or null. */
    public @Nullable SleepObserver sleepObserver() {
        return sleepObserver;
    }

    /** Lets somebody know when it sleeps and wakes. */
    public void observeSleep(SleepObserver observer) {
        sleepObserver = observer;
    }

    Fiber fiber() {
        return fiber;
    }

    void setCpu(Cpu newCpu) {
        cpu = newCpu;
    }

    boolean isQueued() {
        return queued;
    }

    void setQueued(boolean nowQueued) {
        queued = nowQueued;
    }

    /** When it became ready, counted over all that did. */
    long turn() {
        return turn;
    }

    void setTurn(long newTurn) {
        turn = newTurn;
    }

    void setRunning(boolean nowRunning) {
        running = nowRunning;
    }

    boolean isStarted() {
        return started;
    }

    void setStarted() {
        started = true;
    }

    boolean isDone() {
        return done;
    }

    void setDone() {
        done = true;
    }

    void kill() {
        killed = true;
    }

    /** Notes what it waits for, since when, and whether for nothing but time. */
    void waitFor(String what, long sinceNs, boolean onlyTime) {
        waitsFor = what;
        blockedSinceNs = sinceNs;
        timed = onlyTime;
        reportedHung = false;
    }

    long blockedSinceNs() {
        return blockedSinceNs;
    }

    boolean isReportedHung() {
        return reportedHung;
    }

    void setReportedHung() {
        reportedHung = true;
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
        return context.name();
    }
}
