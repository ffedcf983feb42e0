package dev.tophalf.runtime.sched;

/** How a task sleeps, as bits with the values of {@code linux/sched.h}. */
public final class Sleep {
    /** It does not: {@code TASK_RUNNING}. */
    public static final int NONE = 0;

    /** Any signal ends it. */
    public static final int INTERRUPTIBLE = 0x1;

    /** Nothing but who wakes it ends it; two minutes of it are suspicious. */
    public static final int UNINTERRUPTIBLE = 0x2;

    /** Parked, as kthreads can be. */
    public static final int PARKED = 0x40;

    /** A fatal signal ends it. */
    public static final int WAKEKILL = 0x100;

    /** It may last as long as it likes: who has nothing to do sleeps like this. */
    public static final int NOLOAD = 0x400;

    /** Never started. */
    public static final int NEW = 0x800;

    public static final int KILLABLE = WAKEKILL | UNINTERRUPTIBLE;
    public static final int IDLE = UNINTERRUPTIBLE | NOLOAD;

    /** What an ordinary wake-up ends: {@code TASK_NORMAL}. */
    public static final int NORMAL = INTERRUPTIBLE | UNINTERRUPTIBLE;

    /** SIGKILL as a bit of {@link Task#signals()}. */
    static final int FATAL_SIGNALS = 1 << (9 - 1);

    private Sleep() {}
}
