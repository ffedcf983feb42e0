package dev.tophalf.runtime.sched;

/** Who is told when a task gives up the CPU to wait, and when it goes on: a pool of workers lets another one work. */
public interface SleepObserver {
    /** The task is about to wait. */
    void sleeps();

    /** The task goes on. */
    void wakes();
}
