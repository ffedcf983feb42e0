package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Jiffies;
import dev.tophalf.linux.Timer;
import dev.tophalf.linux.Workqueue;
import dev.tophalf.linux.Workqueue.delayed_work;
import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workqueues, the pools of kworkers that serve them, and the way of work items into them ({@code kernel/workqueue.c}). */
public final class WorkQueues {
    private static final int DEFAULT_ACTIVE = 256;
    private static final int MAX_ACTIVE = 512;

    /** Two ordinary pools and two for softirqs are made for each CPU before the first unbound one. */
    private static final int POOLS_PER_CPU = 4;

    private final Simulation simulation;
    private final Map<String, WorkerPool> pools = new LinkedHashMap<>();
    private final Map<String, WorkQueue> systemQueues = new LinkedHashMap<>();
    private final ActiveWork active = new ActiveWork();
    private final WorkFlush flush;

    private WorkQueues(Simulation simulation) {
        this.simulation = simulation;
        this.flush = new WorkFlush(simulation);
    }

    /** The workqueues of {@code simulation}. */
    public static WorkQueues of(Simulation simulation) {
        return simulation.part(WorkQueues.class, WorkQueues::new);
    }

    /** Waiting for work, and who must not. */
    public WorkFlush flush() {
        return flush;
    }

    /** The system's queue of that name. */
    public WorkQueue system(String name, int flags) {
        return systemQueues.computeIfAbsent(name, made -> make(made, flags, 0));
    }

    /** Makes a queue for a driver, which has to destroy it. */
    public WorkQueue allocate(String name, int flags, int maxActive) {
        WorkQueue queue = make(name, flags, maxActive);
        queue.setResource(simulation
                .resources()
                .acquire("workqueue", queue.title(), "destroy_workqueue()", simulation.site(), queue::abandon));
        return queue;
    }

    private WorkQueue make(String name, int flags, int maxActive) {
        int asked = maxActive == 0 ? DEFAULT_ACTIVE : maxActive;
        int clamped = Math.max(1, Math.min(asked, MAX_ACTIVE));
        if (clamped != asked) {
            simulation.log(
                    4,
                    "workqueue: max_active " + asked + " requested for " + name
                            + " is out of range, clamping between 1 and " + MAX_ACTIVE);
        }
        boolean urgent = (flags & Workqueue.WQ_HIGHPRI) != 0;
        List<WorkerPool> served = new ArrayList<>();
        if ((flags & Workqueue.WQ_UNBOUND) != 0) {
            int id = POOLS_PER_CPU * simulation.cpus().size() + (urgent ? 1 : 0);
            served.add(pool(Scheduler.EVERY_CPU, false, "kworker/u" + id + ":%d"));
        } else {
            simulation
                    .cpus()
                    .forEach(cpu -> served.add(
                            pool(1 << cpu.number(), true, "kworker/" + cpu.number() + (urgent ? ":%dH" : ":%d"))));
        }
        return new WorkQueue(this, name, flags, clamped, served);
    }

    private WorkerPool pool(int cpuMask, boolean managed, String nameFormat) {
        return pools.computeIfAbsent(nameFormat, made -> new WorkerPool(simulation, cpuMask, managed, nameFormat));
    }

    /** A work item may have become pending or running, or may have ceased to be. */
    void changed(WorkState work) {
        active.update(work);
    }

    /** Makes a work item ready for use, not pending. */
    public void setUp(WorkState work, work_func_t function, String call) {
        if (work.isPending()) {
            Misuses.report(
                    "work-pending",
                    call + " of " + work.name() + ", which is pending",
                    "ODEBUG: init active (active state 0) object type: work_struct",
                    "initialise a work item once, before anybody can queue it");
            cancel(work);
        }
        work.work.func = function;
        work.setUp();
    }

    /** Queues {@code work} from CPU {@code cpu}; false if it was pending already, or may not be. */
    public boolean queue(WorkQueue queue, WorkState work, int cpu, String call) {
        int from = cpuOf(cpu, call);
        if (!isSetUp(work, call, "__queue_work") || work.isPending() || work.isDisabled()) {
            return false;
        }
        work.queuedAt = simulation.site();
        return enqueue(queue, work, from, call);
    }

    /** Queues delayed work when {@code ticks} have passed; false if it was pending already, or may not be. */
    public boolean queueLater(WorkQueue queue, WorkState work, int cpu, long ticks, String call) {
        int from = cpuOf(cpu, call);
        if (!isSetUp(work, call, "__queue_delayed_work") || work.isPending() || work.isDisabled()) {
            return false;
        }
        return start(queue, work, cpu, from, ticks, call);
    }

    /** Queues delayed work when {@code ticks} have passed, whether it is pending or not; whether it was. */
    public boolean modify(WorkQueue queue, WorkState work, int cpu, long ticks, String call) {
        int from = cpuOf(cpu, call);
        boolean was = isSetUp(work, call, "__queue_delayed_work") && cancel(work);
        if (work.isSetUp() && !work.isDisabled()) {
            start(queue, work, cpu, from, ticks, call);
        }
        return was;
    }

    private boolean start(WorkQueue queue, WorkState work, int cpu, int from, long ticks, String call) {
        work.queuedAt = simulation.site();
        delayed_work delayed = work.delayed();
        if (ticks == 0 || delayed == null) {
            return enqueue(queue, work, from, call);
        }
        if (!isAlive(queue, call)) {
            return false;
        }
        delayed.wq = queue.struct();
        delayed.cpu = cpu;
        Timer.mod_timer(delayed.timer, Jiffies.jiffies() + ticks);
        changed(work);
        return true;
    }

    /** The timer of delayed work, which was to be queued from CPU {@code cpu}, is over. */
    public void expire(WorkQueue queue, WorkState work, int cpu) {
        String call = "the timer of " + work.name();
        enqueue(queue, work, cpuOf(cpu, call), call);
    }

    private boolean enqueue(WorkQueue queue, WorkState work, int cpu, String call) {
        if (!isAlive(queue, call, work.queuedAt)) {
            return false;
        }
        if (queue.isClosing() && !flush.isInItemOf(queue)) {
            Misuses.report(
                    "queue-while-draining",
                    call + " on " + queue.title() + ", which is being drained",
                    "WARNING: at kernel/workqueue.c __queue_work",
                    work.queuedAt,
                    "stop whatever queues work before draining or destroying the workqueue");
            return false;
        }
        queue.add(work, cpu);
        changed(work);
        return true;
    }

    private int cpuOf(int cpu, String call) {
        if (cpu == Workqueue.WORK_CPU_UNBOUND) {
            return simulation.cpu().number();
        }
        int count = simulation.cpus().size();
        if (cpu < 0 || cpu >= count) {
            throw new DriverBug(
                    call + " names CPU " + cpu + "; the machine has " + count,
                    "BUG: unable to handle page fault for address");
        }
        return cpu;
    }

    /** Whether a work item that is to be waited for was made ready for use; who has not is told. */
    public boolean isSetUp(WorkState work, String call) {
        return isSetUp(work, call, "__flush_work");
    }

    private static boolean isSetUp(WorkState work, String call, String linuxFunction) {
        if (!work.isSetUp()) {
            Misuses.report(
                    "work-not-initialised",
                    call + " of " + work.name() + ", which was never initialised",
                    "WARNING: at kernel/workqueue.c " + linuxFunction,
                    "call INIT_WORK() or INIT_DELAYED_WORK() before anybody can use the work item");
        }
        return work.isSetUp();
    }

    /** Whether a queue was not destroyed; who uses one that was is told. */
    public boolean isAlive(WorkQueue queue, String call) {
        return isAlive(queue, call, simulation.site());
    }

    private static boolean isAlive(WorkQueue queue, String call, Site site) {
        Site destroyedAt = queue.destroyedAt();
        if (destroyedAt != null) {
            Misuses.report(
                    "work-after-free",
                    call + " uses " + queue.title() + ", which was destroyed at " + destroyedAt,
                    "BUG: KASAN: slab-use-after-free",
                    site,
                    "cancel delayed work, and stop whatever queues work, before destroying the workqueue");
        }
        return destroyedAt == null;
    }

    /** Takes a work item off its queue; whether it was pending. */
    public boolean cancel(WorkState work) {
        boolean was = work.takeOff();
        changed(work);
        return was;
    }

    /** Drains a queue and lets it go. */
    public void destroy(WorkQueue queue, String call) {
        queue.close();
        flush.drain(queue, call);
        Resource resource = queue.resource();
        if (resource != null) {
            simulation.resources().release(resource, simulation.site());
        }
    }

    /** Takes work off that has lost its code, and ends its function if that runs. */
    void drop(WorkState work) {
        cancel(work);
        WorkItem item = work.running;
        if (item != null) {
            item.abort(simulation.scheduler());
            changed(work);
        }
    }

    /** Memory is freed: no work item in it may be pending, or run other than for the one that frees it. */
    public void freed(Object struct) {
        for (WorkState work : active.in(struct)) {
            Site site = simulation.site();
            String freed = "struct " + struct.getClass().getSimpleName() + " is freed"
                    + (site.equals(Site.NONE) ? "" : " at " + site) + " with " + work.name();
            if (work.isDelayed()) {
                report(
                        "missing-cancel",
                        freed + " pending",
                        "ODEBUG: free active (active state 0) object type: timer_list",
                        work);
            } else if (work.isPending()) {
                report(
                        "work-after-free",
                        freed + " queued",
                        "ODEBUG: free active (active state 0) object type: work_struct",
                        work);
            } else if (work.running != flush.currentItem()) {
                report("work-after-free", freed + " running", "BUG: KASAN: slab-use-after-free", work);
            }
            cancel(work);
        }
    }

    /** A module is unloaded: no work may call into it, or run in it. */
    public void unloaded(String module, String file) {
        for (WorkState work : active.all()) {
            if (work.definition().file().equals(file)) {
                report(
                        "missing-cancel",
                        module + " is unloaded with " + work.name() + (work.isPending() ? " pending" : " running"),
                        "BUG: unable to handle page fault for address",
                        work);
                drop(work);
            }
        }
    }

    private static void report(String rule, String message, String linux, WorkState work) {
        Misuses.report(
                rule,
                message,
                linux,
                work.queuedAt,
                "call " + work.cancelCall() + " in the driver's remove or exit function");
    }
}
