package dev.tophalf.runtime.sched;

/** What tasks run on: something that can leave a task in the middle and come back to it. */
public interface Carrier {
    /** Makes a task's body ready to run; it starts at the first {@link Coroutine#resume()}. */
    Coroutine create(String name, Runnable body);

    /** A body that gives way and is resumed. One of all coroutines of a simulation runs at a time. */
    interface Coroutine {
        /** Runs the body until it gives way or ends. Called from outside of every coroutine. */
        void resume();

        /** Gives way to whoever resumed this coroutine. Called from its own body. */
        void suspend();

        /** Whether the body has ended. */
        boolean isDone();
    }
}
