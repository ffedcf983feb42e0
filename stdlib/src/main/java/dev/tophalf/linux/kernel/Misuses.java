package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.rule.builtin.MisuseRule;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Site;
import java.util.List;

/** What kernel functions notice about their callers, and the rules that report it. */
public final class Misuses {
    private static final String LOCKS = "A lock protects only if everybody takes and releases it in pairs.";

    private Misuses() {}

    /** Reports a misuse at the place in the driver where the CPU is now. */
    public static void report(String rule, String message, String linux, String advice) {
        report(rule, message, linux, Simulation.current().site(), advice);
    }

    /** Reports a misuse whose place in the driver is another one. */
    static void report(String rule, String message, String linux, Site site, String advice) {
        Simulation now = Simulation.current();
        now.record(new Misuse(rule, message, linux, site, advice));
        if (!linux.isEmpty()) {
            now.log(4, linux);
        }
    }

    /** The rules of the kernel's functions, most of them one for each kind of misuse. */
    public static List<Rule> rules() {
        return List.of(
                new BlockingWhileNotRunning(),
                new RcuSleepInReader(),
                new RcuUnbalanced(),
                new CallRcuBlocks(),
                new MisuseRule(
                        "rcu-free-without-grace",
                        "Who has got a pointer in a reader may follow it until the reader ends."),
                new MisuseRule(
                        "rcu-dereference-outside",
                        "What a pointer leads to may be freed at any time, unless a reader or a lock says that it is in use."),
                new MisuseRule("srcu-sync-deadlock", "Who waits for all readers must not be one of them."),
                new MisuseRule(
                        "srcu-wrong-index", "The number says which half of the counters the reader was counted in."),
                new MisuseRule("srcu-in-use", "What readers and callbacks still use cannot be cleaned up."),
                new MisuseRule("rcu-head-queued", "A struct has one place in the list of what is to be called."),
                new MisuseRule("unlock-not-held", LOCKS),
                new MisuseRule("unlock-by-other", "Who has a lock relies on it until he gives it back himself."),
                new MisuseRule(
                        "lock-freed-while-held",
                        "Who holds a lock gives it back into memory that is something else by then."),
                new MisuseRule("lock-not-held", "Who expects a lock held changes what the lock protects."),
                new MisuseRule("lock-held", "Who takes a lock that its caller has waits for its caller."),
                new MisuseRule("wrong-irq-state", "Who expects interrupts or preemption off relies on being alone."),
                new MisuseRule("bad-lock-subclass", "The checker keeps eight subclasses of a lock apart."),
                new MisuseRule(
                        "seqlock-writer-unprotected",
                        "Two writers at once leave the count even while one still writes, and a writer who loses the CPU keeps readers spinning."),
                new MisuseRule("bit-out-of-range", "A bit beyond the word is one of whatever lies behind it."),
                new MisuseRule(
                        "refcount-from-zero",
                        "A count of 0 says that somebody is about to free the object, and nothing takes that back."),
                new MisuseRule("refcount-underflow", "Who gives back more than he took frees what others still have."),
                new MisuseRule(
                        "refcount-saturated", "A count that wraps around frees an object that millions still have."),
                new MisuseRule(
                        "refcount-leak", "Who gives back the last reference without looking leaves nobody to free."),
                new MisuseRule(
                        "ww-mutex-misuse",
                        "Who takes locks in any order gets on only if everybody keeps to the same steps."),
                new MisuseRule("too-many-locks", "The kernel follows who holds what, and not without end."),
                new MisuseRule(
                        "preempt-count-overflow", "What is counted in eight bits turns into something else beyond."),
                new MisuseRule("spin-too-long", "A CPU that spins does nothing else, and nobody else can have it."),
                new MisuseRule("bh-enable-unbalanced", "Who lets softirqs in for others breaks what they rely on."),
                new MisuseRule(
                        "irq-flags-unbalanced",
                        "Who turns interrupts on for others lets in what they have shut out to be safe."),
                new MisuseRule(
                        "preempt-enable-unbalanced",
                        "Who lets others have the CPU for somebody else breaks what he does."),
                new MisuseRule(
                        "migrate-enable-unbalanced", "Who lets a task move for somebody else breaks what he does."),
                new MisuseRule("cpu-not-stable", "A task that can be preempted may be on another CPU the next moment."),
                new MisuseRule("lock-not-initialised", "Memory that was only zeroed is no lock."),
                new MisuseRule(
                        "bad-free", "Freeing what no allocator returned, or has back already, corrupts its lists."),
                new MisuseRule(
                        "free-irq-wrong-cookie", "The kernel finds the handler to remove by the dev_id it was given."),
                new MisuseRule(
                        "shared-irq-misuse",
                        "Sharers of a line are told apart by dev_id and have to agree on its use."),
                new MisuseRule(
                        "free-irq-in-atomic",
                        "free_irq() waits for handlers and their threads, and takes a mutex before that."),
                new MisuseRule(
                        "irq-after-free", "An interrupt comes when the device likes, as long as its handler is there."),
                new MisuseRule(
                        "disable-irq-in-own-handler", "Who waits for the end of a handler must not be the handler."),
                new MisuseRule("enable-irq-unbalanced", "Who enables a line for others breaks what they rely on."),
                new MisuseRule("irq-wake-unbalanced", "Who takes back what others asked for breaks their wake-up."),
                new MisuseRule(
                        "irq-faked-in-software",
                        "A handler serves what its device has done; without that there is nothing to serve."),
                new MisuseRule("timer-not-initialised", "Memory that was only zeroed is no timer."),
                new MisuseRule("timer-pending", "Who changes a timer that is on a queue corrupts the queue."),
                new MisuseRule(
                        "hrtimer-not-forwarded", "A timer that expires again when it did never leaves the interrupt."),
                new MisuseRule(
                        "hrtimer-misuse",
                        "Its clock and the context of its callback are chosen when it is initialised."),
                new MisuseRule("wait-not-initialised", "Memory that was only zeroed is nothing to wait for."),
                new MisuseRule("not-a-kthread", "Who is to stop or to park is known of kthreads only."),
                new MisuseRule("not-a-new-kthread", "A thread that runs already may be anywhere."),
                new MisuseRule("kthread-gone", "A thread that has ended is freed, unless somebody keeps it."),
                new MisuseRule("wait-with-lock-held", "Who sleeps keeps a spinlock from everybody, and a CPU busy."),
                new MisuseRule("free-while-waited", "Who waits comes back to the queue that he waits in."),
                new MisuseRule("use-after-return", "The stack of a function that has returned is somebody else's."),
                new MisuseRule("restart-without-signal", "Only who takes a signal knows how to begin a call anew."),
                new MisuseRule("bad-timeout", "Time that is counted in jiffies is never less than none."),
                new MisuseRule("tasklet-scheduled", "A tasklet that is on the queue twice corrupts its lists."),
                new MisuseRule("tasklet-enable-unbalanced", "Who enables for others breaks what they rely on."),
                new MisuseRule(
                        "timer-sync-deadlock", "Who waits for a callback must not be what the callback waits for."),
                new MisuseRule(
                        "missing-cancel", "What is still to run when its code or memory is gone runs into nothing."),
                new MisuseRule("work-not-initialised", "Memory that was only zeroed is no work item."),
                new MisuseRule("work-pending", "A work item that is queued twice corrupts its lists."),
                new MisuseRule("work-enable-unbalanced", "Who enables for others breaks what they rely on."),
                new MisuseRule("flush-own-work", "Who waits for work must not be what the work waits for."),
                new MisuseRule(
                        "work-after-free", "A kworker follows pointers to the item and its queue until it ends."),
                new MisuseRule("queue-while-draining", "What is queued behind the last items is lost, or never ends."),
                new MisuseRule(
                        "flush-system-workqueue",
                        "The system's queues run everybody's items, also those of who waits."),
                new MisuseRule(
                        "flush-of-non-reclaim",
                        "What is to run without free memory cannot wait for what may need some."),
                new MisuseRule(
                        "sleep-range-reversed",
                        "A sleeper is woken anywhere from min to max, and from a min above max that is in ages."),
                new MisuseRule(
                        "format-mismatch", "A conversion that does not fit its argument prints garbage, or faults."),
                new MisuseRule(
                        "list-not-initialised",
                        "Memory that was only zeroed is no list: its head has to point to itself."),
                new MisuseRule("list-double-add", "A node has one pair of links, so it is on one list at a time."),
                new MisuseRule("list-not-linked", "The links of a node that is on no list lead nowhere."),
                new MisuseRule(
                        "list-corruption",
                        "Neighbours that do not point to each other lose entries, or loop for ever."),
                new MisuseRule(
                        "list-changed-in-walk",
                        "A loop goes on from the entry that it stands at, so that one has to stay."),
                new MisuseRule(
                        "entry-of-empty-list", "An empty list leads back to its head, which is a member of no entry."),
                new MisuseRule(
                        "user-copy-size",
                        "A count that is negative, or longer than any object, comes from unchecked arithmetic."),
                new MisuseRule(
                        "bad-module-param", "The kernel's build refuses a parameter that it cannot set or show."),
                new MisuseRule(
                        "mmio-misuse", "An access outside of the device's registers reaches another device, or none."));
    }
}
