package dev.tophalf.linux;

import static dev.tophalf.linux.Sched.TASK_INTERRUPTIBLE;
import static dev.tophalf.linux.Sched.TASK_NORMAL;
import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;

import dev.tophalf.linux.Current.task_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Tasks;
import dev.tophalf.linux.kernel.Waiter;
import dev.tophalf.linux.kernel.Waiters;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Task;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code linux/wait.h}: queues of tasks that sleep until they are woken ({@code kernel/sched/wait.c}). */
public final class Wait {
    private Wait() {}

    /** A wait queue: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/wait.h", embedded = true)
    public static final class wait_queue_head_t extends EmbeddedStruct {
        final Waiters waiters = new Waiters("wait queue", this);
    }

    /** A task's entry in a wait queue: storage, mostly a local variable of who waits. */
    @KernelType(header = "linux/wait.h", embedded = true)
    public static final class wait_queue_entry_t extends EmbeddedStruct {
        private @Nullable Waiter waiter;

        private void init(@Nullable Task task, boolean leaves) {
            waiter = new Waiter(task, leaves);
        }
    }

    /** Defines an empty wait queue. */
    @DefinitionMacro(header = "linux/wait.h", declares = "%s")
    public static wait_queue_head_t DECLARE_WAIT_QUEUE_HEAD(@Name String name) {
        wait_queue_head_t head = EmbeddedStruct.embed(new wait_queue_head_t(), null, name);
        head.waiters.init();
        return head;
    }

    /** A queue that nobody waits in. */
    @Initialiser(header = "linux/wait.h")
    public static wait_queue_head_t __WAIT_QUEUE_HEAD_INITIALIZER(wait_queue_head_t head, @Name String name) {
        head.waiters.init();
        return head;
    }

    /** Defines an empty wait queue that is a local variable. */
    @DefinitionMacro(header = "linux/wait.h", declares = "%s")
    public static wait_queue_head_t DECLARE_WAIT_QUEUE_HEAD_ONSTACK(@Name String name) {
        return DECLARE_WAIT_QUEUE_HEAD(name);
    }

    /** Defines an entry of the running task, which waking it takes off its queue. */
    @DefinitionMacro(header = "linux/wait.h", declares = "%s")
    public static wait_queue_entry_t DEFINE_WAIT(@Name String name) {
        wait_queue_entry_t entry = EmbeddedStruct.embed(new wait_queue_entry_t(), null, name);
        init_wait(entry);
        return entry;
    }

    /** Defines an entry of a task, which stays on its queue until it is taken off. */
    @DefinitionMacro(header = "linux/wait.h", declares = "%s")
    public static wait_queue_entry_t DECLARE_WAITQUEUE(@Name String name, task_struct tsk) {
        wait_queue_entry_t entry = EmbeddedStruct.embed(new wait_queue_entry_t(), null, name);
        init_waitqueue_entry(entry, tsk);
        return entry;
    }

    /**
     * Wakes who waits in the queue; of those who came as exclusive waiters, one.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up()").wake(TASK_NORMAL, 1);
    }

    /**
     * As {@link #wake_up}, but of the exclusive waiters {@code nr}.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_nr(wait_queue_head_t wq_head, int nr) {
        waiters(wq_head, "wake_up_nr()").wake(TASK_NORMAL, nr);
    }

    /**
     * Wakes who waits in the queue, exclusive or not.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_all(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up_all()").wake(TASK_NORMAL, 0);
    }

    /**
     * As {@link #wake_up}, by somebody who is about to sleep.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_sync(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up_sync()").wake(TASK_NORMAL, 1);
    }

    /**
     * Wakes who waits in the queue for signals as well; of those who came as exclusive waiters, one.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_interruptible(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up_interruptible()").wake(TASK_INTERRUPTIBLE, 1);
    }

    /**
     * As {@link #wake_up_interruptible}, but of the exclusive waiters {@code nr}.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_interruptible_nr(wait_queue_head_t wq_head, int nr) {
        waiters(wq_head, "wake_up_interruptible_nr()").wake(TASK_INTERRUPTIBLE, nr);
    }

    /**
     * Wakes who waits in the queue for signals as well, exclusive or not.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_interruptible_all(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up_interruptible_all()").wake(TASK_INTERRUPTIBLE, 0);
    }

    /**
     * As {@link #wake_up_interruptible}, by somebody who is about to sleep.
     *
     * <p>Context: any. What the waiters wait for is true by now.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "wait_event")
    public static void wake_up_interruptible_sync(wait_queue_head_t wq_head) {
        waiters(wq_head, "wake_up_interruptible_sync()").wake(TASK_INTERRUPTIBLE, 1);
    }

    /**
     * Queues an entry. Its task is woken with the queue, and has to look itself what for.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "remove_wait_queue")
    public static void add_wait_queue(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry) {
        waiters(wq_head, "add_wait_queue()").add(waiter(wq_entry, "add_wait_queue()"), false);
    }

    /**
     * Queues an entry of which a wake-up wakes one.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h", pairsWith = "remove_wait_queue")
    public static void add_wait_queue_exclusive(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry) {
        waiters(wq_head, "add_wait_queue_exclusive()").add(waiter(wq_entry, "add_wait_queue_exclusive()"), true);
    }

    /**
     * Takes an entry off the queue.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h")
    public static void remove_wait_queue(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry) {
        waiters(wq_head, "remove_wait_queue()");
        waiter(wq_entry, "remove_wait_queue()").leave();
    }

    /**
     * Queues the running task, unless it is, and says how it is about to sleep. The condition is tested after this, and
     * schedule() comes after that.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/wait.h",
            pairsWith = "finish_wait",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static void prepare_to_wait(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry, int state) {
        Waiters queue = waiters(wq_head, "prepare_to_wait()");
        queue.add(waiter(wq_entry, "prepare_to_wait()"), false);
        Tasks.setState(state);
    }

    /**
     * As {@link #prepare_to_wait}, for one of those of whom a wake-up wakes one.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     *
     * @return whether nobody else waits
     */
    @KernelFunction(
            header = "linux/wait.h",
            pairsWith = "finish_wait",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static boolean prepare_to_wait_exclusive(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry, int state) {
        Waiters queue = waiters(wq_head, "prepare_to_wait_exclusive()");
        boolean first = queue.isEmpty();
        queue.add(waiter(wq_entry, "prepare_to_wait_exclusive()"), true);
        Tasks.setState(state);
        return first;
    }

    /**
     * As {@link #prepare_to_wait}, unless a signal keeps the task from sleeping like that.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     *
     * @return 0, or {@code -ERESTARTSYS}
     */
    @KernelFunction(
            header = "linux/wait.h",
            pairsWith = "finish_wait",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static long prepare_to_wait_event(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry, int state) {
        Waiters queue = waiters(wq_head, "prepare_to_wait_event()");
        boolean ready = queue.prepare(waiter(wq_entry, "prepare_to_wait_event()"), state, false);
        return ready ? 0 : -Errno.ERESTARTSYS;
    }

    /**
     * The running task does not sleep, and waits in the queue no more.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/wait.h",
            pairsWith = "prepare_to_wait",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static void finish_wait(wait_queue_head_t wq_head, wait_queue_entry_t wq_entry) {
        waiters(wq_head, "finish_wait()");
        Waiters.finish(waiter(wq_entry, "finish_wait()"));
    }

    /**
     * Whether somebody waits. Who has just made the condition true needs a full memory barrier before this.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h")
    public static int waitqueue_active(wait_queue_head_t wq_head) {
        return waiters(wq_head, "waitqueue_active()").isEmpty() ? 0 : 1;
    }

    /**
     * Whether somebody waits, with the memory barrier that {@link #waitqueue_active} lacks.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h")
    public static boolean wq_has_sleeper(wait_queue_head_t wq_head) {
        return !waiters(wq_head, "wq_has_sleeper()").isEmpty();
    }

    /**
     * Makes an entry of the running task, which waking it takes off its queue.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/wait.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static void init_wait(wait_queue_entry_t wait) {
        Arguments.require(wait, "init_wait()").init(Tasks.current(), true);
    }

    /**
     * Makes an entry of a task, which stays on its queue until it is taken off.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h")
    public static void init_waitqueue_entry(wait_queue_entry_t wq_entry, task_struct p) {
        Arguments.require(wq_entry, "init_waitqueue_entry()")
                .init(Arguments.require(p, "init_waitqueue_entry()").task, false);
    }

    /**
     * Makes a wait queue ready for use, empty.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/wait.h")
    public static void init_waitqueue_head(wait_queue_head_t wq_head) {
        Arguments.require(wq_head, "init_waitqueue_head()").waiters.init();
    }

    static Waiters waiters(@Nullable wait_queue_head_t wq_head, String call) {
        wait_queue_head_t head = Arguments.require(wq_head, call);
        Waiters waiters = head.waiters;
        if (!waiters.isInitialised()) {
            Misuses.report(
                    "wait-not-initialised",
                    call + " of " + EmbeddedStruct.nameOf(head) + ", which was never initialised",
                    "BUG: spinlock bad magic",
                    "call init_waitqueue_head() before anybody can wait in the queue, or wake it");
            waiters.init();
        }
        return waiters;
    }

    private static Waiter waiter(@Nullable wait_queue_entry_t entry, String call) {
        wait_queue_entry_t target = Arguments.require(entry, call);
        if (target.waiter == null) {
            Misuses.report(
                    "wait-not-initialised",
                    call + " of " + EmbeddedStruct.nameOf(target) + ", which was never initialised",
                    "BUG: kernel NULL pointer dereference",
                    "define the entry with DEFINE_WAIT(), or call init_wait()");
            init_wait(target);
        }
        return Objects.requireNonNull(target.waiter);
    }
}
