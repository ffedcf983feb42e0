package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.IrqsOff;
import dev.tophalf.runtime.cpu.ReadSection;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.MachineStopped;
import dev.tophalf.runtime.trace.Entered;
import dev.tophalf.runtime.trace.Oops;
import dev.tophalf.runtime.trace.Returned;
import dev.tophalf.runtime.trace.Site;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from the kernel into a driver: every callback is called through here.
 *
 * <p>It notes what the driver's function leaves behind (locks, interrupts off) and turns what the driver throws into
 * an oops. What a function left behind is put right after the rules have seen it, so that one mistake is one finding.
 */
public final class DriverEntry {
    private final Simulation simulation;
    private final ExecutionContext context;
    private final String role;
    private final Site definition;
    private final List<HeldLock> heldBefore;
    private final boolean irqsOffBefore;
    private final int irqsOffDepthBefore;
    private final int preemptCountBefore;
    private final Site siteBefore;
    private final int callDepthBefore;

    private DriverEntry(Simulation simulation, String role, Site definition) {
        this.simulation = simulation;
        Cpu cpu = simulation.cpu();
        this.context = cpu.context();
        this.role = role;
        this.definition = definition;
        this.heldBefore = List.copyOf(context.held());
        this.irqsOffBefore = cpu.irqsOff();
        this.irqsOffDepthBefore = context.irqsOff().size();
        this.preemptCountBefore = cpu.preemptCount();
        this.siteBefore = context.site();
        this.callDepthBefore = context.callDepth();
    }

    /**
     * Calls {@code body}, which calls {@code function} and nothing else.
     *
     * @param role what the kernel calls it as, such as {@code irq handler}
     */
    public static <R extends @Nullable Object> R call(String role, Object function, Supplier<R> body) {
        DriverEntry entry = new DriverEntry(Simulation.current(), role, definition(function));
        entry.begin();
        R result;
        try {
            result = body.get();
        } catch (Throwable thrown) {
            throw entry.fail(thrown);
        }
        entry.end();
        return result;
    }

    /** As {@link #call}, for a function that returns nothing. */
    public static void run(String role, Object function, Runnable body) {
        DriverEntry.<@Nullable Object>call(role, function, () -> {
            body.run();
            return null;
        });
    }

    /** Where a function is defined; for one without a name of its own, where the driver is now. */
    public static Site definition(Object function) {
        if (function instanceof FunctionPointer pointer) {
            return new Site(pointer.file(), pointer.line(), 0, pointer.functionName(), null);
        }
        return Simulation.current().site();
    }

    private void begin() {
        context.functions().add(definition.function());
        simulation.record(new Entered(role, definition.function()));
    }

    private void end() {
        Cpu cpu = simulation.cpu();
        List<HeldLock> left = left();
        long spinning = left.stream().filter(held -> !held.sleeping()).count();
        int countLeft = cpu.preemptCount() - preemptCountBefore - (int) spinning;
        boolean irqsLeftOff = cpu.irqsOff() && !irqsOffBefore;
        simulation.record(
                new Returned(role, definition.function(), definition, left, irqsLeftOff, countLeft, cpu.irqsOffAt()));
        giveBack(left);
        cpu.setPreemptCount(preemptCountBefore);
        cpu.setIrqsOff(irqsOffBefore);
        List<IrqsOff> irqsOff = context.irqsOff();
        irqsOff.subList(Math.min(irqsOffDepthBefore, irqsOff.size()), irqsOff.size())
                .clear();
        leave();
    }

    private void leave() {
        context.functions().remove(context.functions().size() - 1);
        context.setSite(siteBefore);
        context.setCallDepth(callDepthBefore);
    }

    private Error fail(Throwable thrown) {
        Error death = death(thrown);
        // Who dies reads no more (exit_rcu()), though what he has locked stays locked.
        giveBack(left().stream()
                .filter(held -> held.lock() instanceof ReadSection)
                .toList());
        return death;
    }

    private Error death(Throwable thrown) {
        if (thrown instanceof Killed || thrown instanceof MachineStopped) {
            return (Error) thrown;
        }
        if (thrown instanceof DriverBug || Oopses.isScripts(simulation, thrown)) {
            Oops oops = Oopses.of(simulation, thrown, definition);
            simulation.record(oops);
            simulation.log(0, oops.linux());
            return simulation.gate().killCurrent("Fatal exception");
        }
        throw new IllegalStateException("the kernel failed in " + definition.function() + "(): " + thrown, thrown);
    }

    /** What was taken in the function and is held still. */
    private List<HeldLock> left() {
        return context.held().stream()
                .filter(held -> !heldBefore.contains(held))
                .toList();
    }

    private void giveBack(List<HeldLock> left) {
        for (HeldLock held : left) {
            context.release(held.lock());
            held.lock().breakOpen();
        }
    }
}
