package dev.tophalf.runtime.lock;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Misuse.Note;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the lock checker says: who took what, where, in which context, and how that would end on several CPUs. */
final class LockReports {
    private final Simulation simulation;

    LockReports(Simulation simulation) {
        this.simulation = simulation;
    }

    private void record(
            String rule, String message, String linux, String advice, List<Note> notes, List<String> story) {
        simulation.record(new Misuse(rule, message, linux, simulation.site(), advice, notes, story));
        simulation.log(4, linux);
    }

    /** A lock is taken that waits in another way than one that is held allows. */
    void nesting(LockClass taken, HeldLock held, LockRequest request) {
        taken.setReported();
        record(
                "wait-context",
                request.call() + " of " + taken.name() + ", which sleeps with PREEMPT_RT, with "
                        + held.lock().lockName() + " held, which spins there too",
                "[ BUG: Invalid wait context ]",
                "take the lock before the raw one, or make it a raw_spinlock_t as well",
                List.of(new Note(held.takenAt(), held.lock().lockName() + " is taken here")),
                List.of());
    }

    /** A lock is taken by who holds it, or another one of its class, already. */
    void recursive(LockClass taken, HoldableLock lock, HeldLock earlier, boolean isOwn, LockRequest request) {
        taken.setReported();
        boolean isSame = lock == earlier.lock();
        String who = isOwn ? "its caller" : "the code that it interrupted";
        String message = isSame
                ? request.call() + " waits for " + taken.name() + ", which " + who + " already holds"
                : request.call() + " of " + lock.lockName() + " with another lock of its class held, taken at "
                        + earlier.takenAt();
        String advice = isSame
                ? "take the lock once, and call helpers that expect it held"
                : "take locks of one class one at a time, or in a fixed order and with the _nested() form";
        record(
                "recursive-lock",
                message,
                "WARNING: possible recursive locking detected",
                advice,
                List.of(new Note(earlier.takenAt(), earlier.lock().lockName() + " is taken here")),
                List.of(
                        "CPU0",
                        call(earlier.takenAt(), earlier.lock().lockName()),
                        request.call() + "  waits for itself"));
    }

    private static String call(Site site, String lock) {
        Contract contract = site.contract();
        return (contract == null ? "take" : contract.function()) + "(" + lock + ")";
    }

    /** The lock taken leads back to the one that is held. */
    void circle(HeldLock held, LockClass taken, List<LockOrder> steps, LockRequest request) {
        LockClass outer = steps.get(steps.size() - 1).taken;
        outer.setReported();
        taken.setReported();
        List<Note> notes = new ArrayList<>();
        notes.add(
                new Note(held.takenAt(), held.lock().lockName() + " is taken here, and " + taken.name() + " after it"));
        steps.forEach(step -> notes.add(order(step)));
        String back =
                steps.size() == 1 ? "is taken with " + taken.name() + " held" : "is what " + names(steps) + " leads to";
        record(
                "lock-order-cycle",
                request.call() + " " + request.verb() + " " + taken.name() + " with " + outer.name()
                        + " held, and elsewhere " + outer.name() + " " + back,
                "WARNING: possible circular locking dependency detected",
                "take these locks in the same order everywhere, or give the one back before the other is taken",
                notes,
                circleStory(held, taken, steps));
    }

    private static String names(List<LockOrder> steps) {
        return Stream.concat(Stream.of(steps.get(0).held), steps.stream().map(step -> step.taken))
                .map(LockClass::name)
                .collect(Collectors.joining(" -> "));
    }

    private static Note order(LockOrder step) {
        return new Note(
                step.use.site(),
                step.taken.name() + " is taken with " + step.held.name() + " held (taken at " + step.heldAt + "), by "
                        + step.use.who());
    }

    /** A CPU for each order of the circle: first each takes its own lock, then each waits for the next one's. */
    private List<String> circleStory(HeldLock held, LockClass taken, List<LockOrder> steps) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        first.add(call(held.takenAt(), held.lock().lockName()));
        second.add(call(simulation.site(), taken.name()));
        for (LockOrder step : steps) {
            first.add(call(step.heldAt, step.held.name()));
            second.add(call(step.use.site(), step.taken.name()));
        }
        int width = 4
                + Stream.concat(first.stream(), second.stream())
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        List<String> story = new ArrayList<>();
        StringBuilder cpus = new StringBuilder();
        for (int cpu = 0; cpu < first.size(); cpu++) {
            cpus.append(padded("CPU" + cpu, width));
        }
        story.add(cpus.toString().stripTrailing());
        for (int cpu = 0; cpu < first.size(); cpu++) {
            story.add(" ".repeat(width * cpu) + first.get(cpu));
        }
        for (int cpu = 0; cpu < second.size(); cpu++) {
            story.add(" ".repeat(width * cpu) + second.get(cpu) + "  waits for CPU" + (cpu + 1) % second.size());
        }
        return story;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** Locks of one class are taken where interrupts are served, and where they can come. */
    void inconsistent(LockClass known, int usage, int other, String call) {
        known.setReported();
        boolean isSafe = (usage & Usage.ENABLED) == 0;
        int inside = isSafe ? usage : other;
        int outside = isSafe ? other : usage;
        String context = Usage.context(inside);
        List<Note> notes = List.of(used(known, inside), used(known, outside));
        record(
                "irq-unsafe-lock",
                isSafe
                        ? call + " takes " + known.name() + " in " + context + " context; elsewhere it is held with "
                                + interrupts(inside) + " on"
                        : call + " has " + known.name() + " held with " + interrupts(inside)
                                + " on; elsewhere it is taken in " + context + " context",
                "WARNING: inconsistent lock state",
                Usage.isSoft(inside)
                        ? "take the lock with spin_lock_bh() wherever the softirq cannot be allowed in"
                        : "take the lock with spin_lock_irqsave() wherever the handler cannot be allowed in",
                notes,
                List.of(
                        "CPU0",
                        call(place(known, outside), known.name()),
                        "<" + context + ">",
                        "  " + call(place(known, inside), known.name()) + "  waits for what it interrupted"));
    }

    private static String interrupts(int usage) {
        return Usage.isSoft(usage) ? "softirqs" : "interrupts";
    }

    private static LockUse use(LockClass known, int usage) {
        LockUse use = known.usedAt[usage];
        if (use == null) {
            throw new IllegalStateException("usage " + usage + " of " + known + " was never seen");
        }
        return use;
    }

    private static Site place(LockClass known, int usage) {
        return use(known, usage).site();
    }

    private static Note used(LockClass known, int usage) {
        LockUse use = use(known, usage);
        boolean isOutside = (usage & Usage.ENABLED) != 0;
        String how = isOutside
                ? known.name() + " is held with " + interrupts(usage) + " on, by "
                : known.name() + " is taken in " + Usage.context(usage) + " context, by ";
        return new Note(use.site(), how + use.who());
    }

    /** From a lock that interrupts take there is a way to one that is held where they can come. */
    void unsafe(
            LockClass safe,
            int safeUsage,
            List<LockOrder> steps,
            LockClass unsafe,
            int unsafeUsage,
            String linux,
            String call) {
        safe.setReported();
        unsafe.setReported();
        List<Note> notes = new ArrayList<>();
        notes.add(used(safe, safeUsage));
        steps.forEach(step -> notes.add(order(step)));
        notes.add(used(unsafe, unsafeUsage));
        String context = Usage.context(safeUsage);
        String left = call(place(unsafe, unsafeUsage), unsafe.name());
        int width = left.length() + 22;
        LockOrder first = steps.get(0);
        record(
                "irq-unsafe-lock",
                call + ": " + safe.name() + ", which is taken in " + context + " context, is held while "
                        + (steps.size() == 1 ? unsafe.name() : names(steps.subList(1, steps.size())))
                        + " is waited for, and "
                        + unsafe.name() + " is held with " + interrupts(safeUsage) + " on",
                linux,
                (Usage.isSoft(safeUsage) ? "turn softirqs off wherever " : "turn interrupts off wherever ")
                        + unsafe.name() + " is taken, or do not take it with " + safe.name() + " held",
                notes,
                List.of(
                        padded("CPU0", width) + "CPU1",
                        left,
                        " ".repeat(width) + call(first.heldAt, safe.name()) + ", " + interrupts(safeUsage) + " off",
                        " ".repeat(width) + call(first.use.site(), first.taken.name()) + "  waits for CPU0",
                        "<" + context + ">",
                        "  " + call(place(safe, safeUsage), safe.name()) + "  waits for CPU1"));
    }
}
