package dev.tophalf.runtime.lock;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves that locks cannot deadlock, from one observation of each order and each usage, whether the deadlock happens or
 * not: what {@code kernel/locking/lockdep.c} does with CONFIG_PROVE_LOCKING.
 *
 * <p>It keeps two things of each class of locks: what was taken with it held, and whether it was taken where interrupts
 * are served or where they can come. An order that closes a circle is a deadlock; so is a way from a lock that an
 * interrupt takes to one that is held where that interrupt can come. Where Linux stops after the first report, it goes
 * on, and reports each circle and each pair of locks once.
 *
 * <p>What has been looked at is not looked at again: a way of taking a class is a bit of {@link LockClass#seen}, an
 * order a look-up in the class that is taken, however many orders there are.
 */
public final class LockValidator {
    private final Simulation simulation;
    private final LockChecks checks;
    private final LockReports reports;
    private final Map<Object, List<LockClass>> classes = new LinkedHashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private int searches;
    private int made;

    public LockValidator(Simulation simulation, LockChecks checks) {
        this.simulation = simulation;
        this.checks = checks;
        this.reports = new LockReports(simulation);
    }

    /** What it looks at. */
    public LockChecks checks() {
        return checks;
    }

    /** All classes that it knows, in the order of their first use. */
    public List<LockClass> classes() {
        return classes.values().stream().flatMap(List::stream).toList();
    }

    /** Everything that it knows, as a graph. */
    public LockGraph graph() {
        return new LockGraph(classes());
    }

    /**
     * A lock is about to be taken, or at least tried.
     *
     * @return its class, which goes into the {@link HeldLock}; null if nothing is checked
     */
    public @Nullable LockClass check(LockMap map, HoldableLock lock, LockRequest request) {
        if (!isChecked(map)) {
            return null;
        }
        LockClass taken = classOf(map, map.subclass(request.subclass()));
        Cpu cpu = simulation.cpu();
        ExecutionContext context = cpu.context();
        if (!request.tries() && !context.held().isEmpty()) {
            checkNesting(taken, context, request);
        }
        markUsage(taken, cpu, request);
        if (!request.tries()) {
            boolean isNew = checkRecursion(taken, lock, cpu, request);
            if (isNew && !context.held().isEmpty()) {
                addOrders(taken, context, request);
            }
        }
        return taken;
    }

    /**
     * The caller is about to wait for everybody who has the lock, without taking it ({@code lock_sync()}): an order like
     * any other, but nothing is held after it.
     */
    public void checkWait(LockMap map, HoldableLock lock, LockRequest request) {
        if (!isChecked(map)) {
            return;
        }
        LockClass awaited = classOf(map, map.subclass(request.subclass()));
        Cpu cpu = simulation.cpu();
        ExecutionContext context = cpu.context();
        if (checkRecursion(awaited, lock, cpu, request) && !context.held().isEmpty()) {
            addOrders(awaited, context, request);
        }
    }

    private boolean isChecked(LockMap map) {
        return checks.proveLocking() && map.key != LockMap.UNCHECKED;
    }

    private LockClass classOf(LockMap map, int subclass) {
        LockClass known = map.classes[subclass];
        if (known != null) {
            return known;
        }
        List<LockClass> same = classes.computeIfAbsent(map.key, key -> new ArrayList<>(1));
        for (LockClass other : same) {
            if (other.subclass == subclass) {
                map.classes[subclass] = other;
                return other;
            }
        }
        String file =
                map.key instanceof Site site ? site.file() : simulation.site().file();
        String name = subclass == 0 ? map.name : map.name + "/" + subclass;
        LockClass fresh = new LockClass(made++, name, subclass, file, map.waitType);
        same.add(fresh);
        map.classes[subclass] = fresh;
        return fresh;
    }

    /** A module is gone: what was learnt of its locks is forgotten ({@code lockdep_free_key_range()}). */
    public void forget(String file) {
        List<LockClass> gone =
                classes().stream().filter(known -> known.file.equals(file)).toList();
        classes.values().removeIf(same -> same.removeAll(gone) && same.isEmpty());
        for (LockClass other : classes()) {
            other.after.keySet().removeAll(gone);
            other.before.keySet().removeAll(gone);
            other.latest = null;
        }
    }

    // How deep waiting may go.

    private void checkNesting(LockClass taken, ExecutionContext context, LockRequest request) {
        WaitType wanted = effective(taken.waitType);
        if (wanted != WaitType.SPIN && wanted != WaitType.CONFIG) {
            return; // a lock that sleeps is judged as every function that does
        }
        for (HeldLock held : context.held()) {
            LockClass outer = held.lockClass();
            WaitType allowed = outer == null ? WaitType.NONE : effective(outer.waitType);
            if (outer != null && allowed != WaitType.NONE && wanted.compareTo(allowed) > 0) {
                if (told.add("wait " + outer.number + " " + taken.number)) {
                    reports.nesting(taken, held, request);
                }
                return;
            }
        }
    }

    private WaitType effective(WaitType type) {
        return type == WaitType.CONFIG && !checks.proveRawLockNesting() ? WaitType.SPIN : type;
    }

    // Where it is taken.

    private void markUsage(LockClass taken, Cpu cpu, LockRequest request) {
        int way = (((request.mode().ordinal() * 2 + (request.tries() ? 1 : 0)) * 2 + (cpu.inHardirq() ? 1 : 0)) * 2
                                + (cpu.inServingSoftirq() ? 1 : 0))
                        * 4
                + (cpu.irqsOff() ? 2 : 0)
                + (cpu.inSoftirq() ? 1 : 0);
        long bit = 1L << way; // the shift takes what is left over 64
        int word = way / Long.SIZE;
        if ((taken.seen[word] & bit) != 0) {
            return;
        }
        taken.seen[word] |= bit;
        int read = request.mode().isRead() ? Usage.READ : 0;
        if (!request.tries() && cpu.inHardirq()) {
            mark(taken, read, request.mode(), request.call());
        }
        if (!request.tries() && cpu.inServingSoftirq()) {
            mark(taken, Usage.SOFTIRQ | read, request.mode(), request.call());
        }
        if (!cpu.irqsOff()) {
            mark(taken, Usage.ENABLED | read, request.mode(), request.call());
            if (!cpu.inSoftirq()) {
                mark(taken, Usage.SOFTIRQ | Usage.ENABLED | read, request.mode(), request.call());
            }
        }
    }

    /** Interrupts are about to be on again for {@code call}: what is held is held where they can come. */
    public void irqsOn(String call) {
        Cpu cpu = simulation.cpu();
        markHeld(cpu, Usage.ENABLED, call);
        if (!cpu.inSoftirq()) {
            markHeld(cpu, Usage.SOFTIRQ | Usage.ENABLED, call);
        }
    }

    /** Bottom halves are about to be on again for {@code call}. */
    public void softirqsOn(String call) {
        Cpu cpu = simulation.cpu();
        if (!cpu.irqsOff()) {
            markHeld(cpu, Usage.SOFTIRQ | Usage.ENABLED, call);
        }
    }

    private void markHeld(Cpu cpu, int usage, String call) {
        List<HeldLock> held = cpu.context().held();
        for (int i = 0; i < held.size(); i++) {
            LockClass known = held.get(i).lockClass();
            LockMode mode = held.get(i).mode();
            if (known != null) {
                mark(known, usage | (mode.isRead() ? Usage.READ : 0), mode, call);
            }
        }
    }

    private void mark(LockClass known, int usage, LockMode mode, String call) {
        if ((known.usage & Usage.bits(usage)) != 0) {
            return;
        }
        known.mark(usage, LockUse.here(simulation.cpu()));
        int bad = Usage.excludes(usage);
        boolean isRead = (usage & Usage.READ) != 0;
        int bothBad = Usage.bothModes(bad);
        int worse = known.usage & (isRead ? Usage.bits(bad) : bothBad);
        if (worse != 0) {
            int other = Integer.numberOfTrailingZeros(worse);
            if (told.add(irqKey(usage, known, known))) {
                reports.inconsistent(known, usage, other, call);
            }
            return;
        }
        boolean goesForward = (usage & Usage.ENABLED) == 0;
        boolean onlyRecursive = goesForward ? mode == LockMode.RECURSIVE : isRead;
        LockPath path = LockPath.find(
                ++searches,
                known,
                onlyRecursive,
                goesForward,
                end -> (Usage.counting(end.end.usage, end.onlyRecursive) & bothBad) != 0);
        if (path != null) {
            int other = Integer.numberOfTrailingZeros(path.end.usage & bothBad);
            LockClass safe = goesForward ? known : path.end;
            LockClass unsafe = goesForward ? path.end : known;
            tellUnsafe(
                    goesForward ? usage : other,
                    safe,
                    goesForward ? path.steps() : reversed(path),
                    unsafe,
                    goesForward ? other : usage,
                    "WARNING: possible irq lock inversion dependency detected",
                    call);
        }
    }

    private static List<LockOrder> reversed(LockPath path) {
        List<LockOrder> steps = new ArrayList<>(path.steps());
        Collections.reverse(steps);
        return steps;
    }

    private static String irqKey(int usage, LockClass safe, LockClass unsafe) {
        return (Usage.isSoft(usage) ? "soft " : "hard ") + safe.number + " " + unsafe.number;
    }

    private void tellUnsafe(
            int safeUsage,
            LockClass safe,
            List<LockOrder> steps,
            LockClass unsafe,
            int unsafeUsage,
            String linux,
            String call) {
        // If the one is wrong by itself, what it leads to is not known yet.
        boolean known =
                told.contains(irqKey(safeUsage, safe, safe)) || told.contains(irqKey(safeUsage, unsafe, unsafe));
        if (!known && told.add(irqKey(safeUsage, safe, unsafe))) {
            reports.unsafe(safe, safeUsage, steps, unsafe, unsafeUsage, linux, call);
        }
    }

    // What is held already.

    /** Looks for one of the class that is held; false if there is no order to learn from it. */
    private boolean checkRecursion(LockClass taken, HoldableLock lock, Cpu cpu, LockRequest request) {
        boolean isNested = false;
        for (int depth = 0; depth < cpu.depth(); depth++) {
            List<HeldLock> held = cpu.contextAt(depth).held();
            for (int i = 0; i < held.size(); i++) {
                HeldLock earlier = held.get(i);
                isNested |= request.nest() != null && earlier.lock() == request.nest();
                boolean isSame = earlier.lockClass() == taken;
                boolean mayBe =
                        request.mode() == LockMode.RECURSIVE && earlier.mode().isRead();
                if (!isSame || mayBe) {
                    continue;
                }
                if (isNested) {
                    return false;
                }
                boolean isOwn = depth == cpu.depth() - 1;
                if ((isOwn || !taken.isReported()) && told.add("recursive " + simulation.site() + " " + taken.number)) {
                    reports.recursive(taken, lock, earlier, isOwn, request);
                }
                return false;
            }
        }
        return true;
    }

    /** Learns the orders from the locks that are held to the one that is taken, back to the last that was waited for. */
    private void addOrders(LockClass taken, ExecutionContext context, LockRequest request) {
        List<HeldLock> held = context.held();
        for (int i = held.size() - 1; i >= 0; i--) {
            HeldLock earlier = held.get(i);
            LockClass outer = earlier.lockClass();
            if (outer != null) {
                addOrder(outer, earlier, taken, request);
                if (!earlier.tried()) {
                    return;
                }
            }
        }
    }

    private void addOrder(LockClass outer, HeldLock earlier, LockClass taken, LockRequest request) {
        LockOrder order = taken.latest;
        if (order == null || order.held != outer) {
            order = taken.before.get(outer);
            taken.latest = order;
        }
        if (order != null && order.knows(earlier.mode(), request.mode())) {
            return;
        }
        checkCircle(outer, earlier, taken, request);
        checkUsage(outer, earlier, taken, request);
        if (order == null) {
            order = new LockOrder(outer, taken, earlier.takenAt(), LockUse.here(simulation.cpu()));
            outer.after.put(taken, order);
            taken.before.put(outer, order);
            taken.latest = order;
        }
        order.learn(earlier.mode(), request.mode());
    }

    /** Whether the new order, held to taken, closes a circle: there is a way from the taken one to the held one. */
    private void checkCircle(LockClass outer, HeldLock earlier, LockClass taken, LockRequest request) {
        LockPath path = LockPath.find(
                ++searches,
                taken,
                request.mode() == LockMode.RECURSIVE,
                true,
                end -> end.end == outer && (earlier.mode() == LockMode.EXCLUSIVE || !end.onlyRecursive));
        if (path == null || path.end == taken) {
            return;
        }
        List<LockOrder> steps = path.steps();
        if (told.add("circle " + rotated(steps, outer))) {
            reports.circle(earlier, taken, steps, request);
        }
    }

    /** The circle as text that does not depend on where it begins. */
    private static String rotated(List<LockOrder> steps, LockClass last) {
        List<Integer> numbers = new ArrayList<>();
        steps.forEach(step -> numbers.add(step.held.number));
        numbers.add(last.number);
        int least = numbers.indexOf(Collections.min(numbers));
        Collections.rotate(numbers, -least);
        return numbers.toString();
    }

    /** Whether the new order leads from a lock that interrupts take to one that is held where they can come. */
    private void checkUsage(LockClass outer, HeldLock earlier, LockClass taken, LockRequest request) {
        int[] usedIn = new int[1];
        LockPath.find(++searches, outer, earlier.mode().isRead(), false, end -> {
            usedIn[0] |= Usage.counting(end.end.usage, end.onlyRecursive) & Usage.USED_IN;
            return false;
        });
        if (usedIn[0] == 0) {
            return;
        }
        int excluded = Usage.exclusive(usedIn[0]);
        LockPath forward = LockPath.find(
                ++searches,
                taken,
                request.mode() == LockMode.RECURSIVE,
                true,
                end -> (Usage.counting(end.end.usage, end.onlyRecursive) & excluded) != 0);
        if (forward == null) {
            return;
        }
        int unsafe = Integer.numberOfTrailingZeros(forward.end.usage & excluded);
        int wanted = Usage.bothModes(Usage.excludes(unsafe));
        LockPath backward = LockPath.find(
                ++searches,
                outer,
                earlier.mode().isRead(),
                false,
                end -> (Usage.counting(end.end.usage, end.onlyRecursive) & wanted) != 0);
        if (backward == null) {
            return;
        }
        int safe = Integer.numberOfTrailingZeros(backward.end.usage & wanted);
        List<LockOrder> steps = reversed(backward);
        steps.add(new LockOrder(outer, taken, earlier.takenAt(), LockUse.here(simulation.cpu())));
        steps.addAll(forward.steps());
        String linux = Usage.isSoft(safe)
                ? "WARNING: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected"
                : "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected";
        tellUnsafe(safe, backward.end, steps, forward.end, unsafe, linux, request.call());
    }

    // What happens to locks that are held.

    /** Whether somebody holds {@code lock}, and who. */
    public @Nullable ExecutionContext holder(HoldableLock lock) {
        return simulation.contexts().stream()
                .filter(context -> context.holds(lock))
                .findFirst()
                .orElse(null);
    }
}
