package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.Site;

/** A choice that a {@link Strategy} makes: one of at least two options, the first of which is the default. */
public interface Choice {
    /** What is chosen. */
    enum Kind {
        /** What happens before a context goes on with its next call. */
        POINT,
        /** Who goes on, now that a context cannot. */
        NEXT,
        /** Which of the tasks that wait for a CPU gets it. */
        TASK,
        /** On which CPU a task or an interrupt is to run. */
        CPU,
        /** Whether a task wakes up though nobody woke it, which the kernel allows. */
        SPURIOUS_WAKEUP
    }

    Kind kind();

    /** Where the choice is made: what ran. */
    ExecutionContext at();

    /** How many choices were made in that context before. */
    int index();

    /** How many options there are. */
    int count();

    /** An option, to be read with {@link Option}. */
    long option(int number);

    /** The call or access that an option's context is about to make, as far as it is known. */
    Site pending(int number);
}
