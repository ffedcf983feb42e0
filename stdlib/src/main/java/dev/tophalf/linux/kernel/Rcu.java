package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Grace periods: each ends when everybody who was reading at its beginning has ended ({@code kernel/rcu/tree.c}, with
 * CONFIG_PREEMPT_RCU). A task of their own waits for them, and softirqs then call who asked to be called.
 */
public final class Rcu {
    /** So long a grace period takes at least, and so often its task looks at CPUs that could not be interrupted: a jiffy. */
    private static final long LOOK_NS = 1_000_000;

    private final Simulation simulation;
    private final Map<Flavour, RcuReader> flavours = new EnumMap<>(Flavour.class);
    private final WaitQueue work;
    private final WaitQueue readers;
    private final WaitQueue ends;
    private final Deque<RcuCallback> queued = new ArrayDeque<>();
    private final List<Deque<RcuCallback>> ready = new ArrayList<>();
    private final Map<Object, RcuCallback> byHead = new LinkedHashMap<>();
    private final Map<Section, Set<Resource>> got = new LinkedHashMap<>();
    private List<Section> awaited = List.of();
    private long wanted;
    private long begun;
    private long ended;
    private long queuedCount;
    private final NavigableSet<Long> uncalled = new TreeSet<>();
    private @Nullable Task thread;

    /** What a reader keeps out beside the end of a grace period. */
    public enum Flavour {
        /** Nothing. */
        PLAIN("rcu_read_lock"),
        /** Softirqs. */
        BH("rcu_read_lock_bh"),
        /** Other tasks. */
        SCHED("rcu_read_lock_sched");

        private final String beginsWith;

        Flavour(String beginsWith) {
            this.beginsWith = beginsWith;
        }
    }

    /** Someone who was reading when a grace period began. */
    private static final class Section {
        final ExecutionContext context;
        private final HeldLock outermost;

        Section(ExecutionContext context, HeldLock outermost) {
            this.context = context;
            this.outermost = outermost;
        }

        @SuppressWarnings("ReferenceEquality") // the same place may begin the next one
        boolean isOver() {
            return context.held().stream().noneMatch(held -> held == outermost);
        }
    }

    private Rcu(Simulation simulation) {
        this.simulation = simulation;
        this.work = new WaitQueue(simulation.scheduler());
        this.readers = new WaitQueue(simulation.scheduler());
        this.ends = new WaitQueue(simulation.scheduler());
        for (Flavour flavour : Flavour.values()) {
            flavours.put(flavour, new RcuReader(this, flavour.beginsWith));
        }
        simulation.cpus().forEach(cpu -> ready.add(new ArrayDeque<>()));
        simulation.softirqs().open(Softirq.RCU, this::call);
    }

    /** RCU of {@code simulation}. */
    public static Rcu of(Simulation simulation) {
        return simulation.part(Rcu.class, Rcu::new);
    }

    // Readers.

    private RcuReader reader(Flavour flavour) {
        return Objects.requireNonNull(flavours.get(flavour));
    }

    /** The caller begins to read. */
    public void begin(Flavour flavour) {
        ExecutionContext context = simulation.cpu().context();
        Nesting.take(new HeldLock(reader(flavour), context.site(), true), context);
    }

    /** The caller ends to read, for {@code call}; false, and a finding, if he does not. */
    public boolean end(Flavour flavour, String call) {
        if (!simulation.cpu().context().release(reader(flavour))) {
            Misuses.report(
                    "rcu-unbalanced",
                    call + " where no reader is",
                    "WARNING: bad unlock balance detected!",
                    "pair it with one " + flavour.beginsWith + "() on the same way through the function");
            return false;
        }
        readerEnded();
        return true;
    }

    /** Somebody reads no more: what he had got can be freed, and who waits for him looks again. */
    void readerEnded() {
        if (!got.isEmpty()) {
            got.keySet().removeIf(Section::isOver);
        }
        if (!awaited.isEmpty()) {
            readers.wakeAll();
        }
    }

    /** The caller, who may be reading, has got {@code object} from a pointer that writers change. */
    public void got(@Nullable Object object) {
        got(object, outermost(simulation.cpu().context()));
    }

    /** The caller has got {@code object} from a pointer that writers change, to be used until {@code section} ends. */
    @SuppressWarnings("ReferenceEquality") // the same place may have begun an earlier one
    void got(@Nullable Object object, @Nullable HeldLock section) {
        Resource memory = section == null ? null : EmbeddedStruct.memoryOf(object);
        if (section == null || memory == null) {
            return;
        }
        if (memory.isReclaimed()) {
            report(
                    memory.description() + ", freed at " + memory.releasedAt() + ", is what a reader gets",
                    "take the pointer away before the memory is freed, and let a grace period pass in between");
        }
        Section here = got.keySet().stream()
                .filter(known -> known.outermost == section)
                .findFirst()
                .orElseGet(() -> new Section(simulation.cpu().context(), section));
        got.computeIfAbsent(here, known -> new LinkedHashSet<>()).add(memory);
    }

    /** Memory is freed: no other reader may have got it. */
    public void freed(Object object) {
        if (got.isEmpty()) {
            return;
        }
        Resource memory = EmbeddedStruct.memoryOf(object);
        ExecutionContext me = simulation.cpu().context();
        got.keySet().removeIf(Section::isOver);
        got.forEach((section, memories) -> {
            if (memories.contains(memory) && section.context != me) {
                report(
                        "struct " + object.getClass().getSimpleName() + " is freed while " + section.context.name()
                                + " reads it, since " + section.outermost.takenAt(),
                        section.outermost.lock() instanceof RcuReader
                                ? "free it after synchronize_rcu(), or with kfree_rcu() or call_rcu()"
                                : "free it after synchronize_srcu() of what its readers read under, or with"
                                        + " call_srcu()");
            }
        });
    }

    private static void report(String message, String advice) {
        Misuses.report("rcu-free-without-grace", message, "BUG: KASAN: slab-use-after-free", advice);
    }

    /** Whether the caller reads. */
    public boolean isReading() {
        return isIn(Flavour.PLAIN);
    }

    private boolean isIn(Flavour flavour) {
        return simulation.cpu().context().holds(reader(flavour));
    }

    /** Whether the caller reads, or nothing of a softirq can come in between. */
    public boolean isReadingBh() {
        Cpu cpu = simulation.cpu();
        return isIn(Flavour.BH) || cpu.inSoftirq() || cpu.irqsOff();
    }

    /** Whether the caller reads, or no other task can come in between. */
    public boolean isReadingSched() {
        Cpu cpu = simulation.cpu();
        return isIn(Flavour.SCHED) || cpu.depth() > 1 || cpu.preemptCount() != 0 || cpu.irqsOff();
    }

    /** Whether the caller reads in any way. */
    public boolean isReadingAnyhow() {
        return isReading() || isReadingBh() || isReadingSched();
    }

    private static @Nullable HeldLock outermost(ExecutionContext context) {
        for (HeldLock held : context.held()) {
            if (held.lock() instanceof RcuReader) {
                return held;
            }
        }
        return null;
    }

    // Grace periods.

    /** The number of the first grace period that has not begun yet. */
    private long want() {
        wanted = begun + 1;
        if (thread == null) {
            thread = simulation.scheduler().spawn("rcu_preempt", this::loop);
        }
        work.wakeAll();
        return wanted;
    }

    /** Sleeps until everybody who reads now has ended. */
    public void synchronize(String call) {
        ExecutionContext me = simulation.cpu().context();
        if (outermost(me) != null) {
            // The rule about sleeping readers has said so by now.
            throw simulation.gate().killCurrent("deadlock in " + call);
        }
        long period = want();
        ends.await(new Awaited("a grace period", () -> ended >= period, this::lastReader), Sleep.UNINTERRUPTIBLE);
    }

    private @Nullable ExecutionContext lastReader() {
        List<Section> left = left();
        return left.size() == 1 ? left.get(0).context : null;
    }

    private void loop() {
        try {
            while (true) {
                work.awaitIdle("work", () -> wanted > ended);
                begun++;
                awaited = sections();
                List<Cpu> busy = simulation.cpus().stream().filter(this::isBusy).toList();
                readers.await(new Awaited("readers", () -> left().isEmpty(), this::lastReader), Sleep.IDLE);
                awaited = List.of();
                do {
                    simulation.scheduler().sleepUntil(simulation.nowNs() + LOOK_NS);
                } while (busy.stream().anyMatch(this::isBusy));
                ended = begun;
                ends.wakeAll();
                release();
            }
        } finally {
            thread = null;
        }
    }

    private List<Section> sections() {
        List<Section> found = new ArrayList<>();
        for (ExecutionContext context : simulation.contexts()) {
            HeldLock outermost = outermost(context);
            if (outermost != null) {
                found.add(new Section(context, outermost));
            }
        }
        return found;
    }

    private List<Section> left() {
        return awaited.stream().filter(section -> !section.isOver()).toList();
    }

    /** Whether another CPU is where no task can get it: who is there reads, too, since flavours were one. */
    private boolean isBusy(Cpu cpu) {
        return cpu != simulation.cpu() && (cpu.depth() > 1 || cpu.preemptCount() != 0 || cpu.irqsOff());
    }

    // Callbacks.

    /**
     * Lets {@code run} be called in a softirq after a grace period.
     *
     * @param head the driver's struct that asks, or null
     * @param function the driver's function that is called, or null
     */
    public void call(@Nullable Object head, @Nullable Object function, Runnable run) {
        RcuCallback callback =
                new RcuCallback(simulation.cpu(), want(), ++queuedCount, head, function, simulation.site(), run);
        uncalled.add(callback.number());
        queued.add(callback);
        if (head != null) {
            byHead.put(head, callback);
        }
    }

    /** Where {@code head} was queued, if it is and was not called yet. */
    public @Nullable Site queuedAt(Object head) {
        RcuCallback callback = byHead.get(head);
        return callback == null ? null : callback.queuedAt();
    }

    /** Sleeps until everything that was queued by now has been called. */
    public void barrier() {
        long last = queuedCount;
        ends.await(
                Awaited.of("RCU callbacks", () -> uncalled.headSet(last, true).isEmpty()), Sleep.UNINTERRUPTIBLE);
    }

    /** Those whose grace period is over can be called: each CPU looks for its own at its next tick. */
    private void release() {
        Set<Cpu> concerned = new LinkedHashSet<>();
        while (!queued.isEmpty() && queued.element().period() <= ended) {
            RcuCallback next = queued.remove();
            ready.get(next.cpu().number()).add(next);
            concerned.add(next.cpu());
        }
        for (Cpu cpu : concerned) {
            if (cpu == simulation.cpu()) {
                simulation.softirqs().raise(Softirq.RCU);
            } else {
                simulation
                        .irqs()
                        .raise(cpu, "local timer", () -> simulation.softirqs().raise(Softirq.RCU));
            }
        }
    }

    /** Its memory may be queued anew, or be something else. */
    private void forgetHead(RcuCallback callback) {
        if (callback.head() != null) {
            byHead.remove(callback.head());
        }
    }

    private void call() {
        Deque<RcuCallback> own = ready.get(simulation.cpu().number());
        while (!own.isEmpty()) {
            RcuCallback next = own.remove();
            forgetHead(next);
            next.invoke("rcu callback");
            uncalled.remove(next.number()); // another CPU may be in an earlier one
        }
        ends.wakeAll();
    }

    /** A module is unloaded: nothing may be called in it any more. */
    public void unloaded(String module, String file) {
        List<Deque<RcuCallback>> all = new ArrayList<>(ready);
        all.add(queued);
        for (Deque<RcuCallback> list : all) {
            for (RcuCallback gone : RcuCallback.unloaded(list, module, file, "rcu_barrier()")) {
                uncalled.remove(gone.number());
                forgetHead(gone);
            }
        }
    }
}
