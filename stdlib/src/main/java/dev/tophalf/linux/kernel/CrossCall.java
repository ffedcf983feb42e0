package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Smp.smp_call_func_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import org.jspecify.annotations.Nullable;

/** A function that one CPU has several run ({@code kernel/smp.c}). */
public final class CrossCall {
    private final smp_call_func_t function;
    private final @Nullable Object info;
    private int running;

    private CrossCall(smp_call_func_t function, @Nullable Object info) {
        this.function = function;
        this.info = info;
    }

    /** Has the CPUs of {@code mask} run it: the others in an interrupt, this one at once. */
    public static void on(int mask, smp_call_func_t function, @Nullable Object info, boolean wait, String call) {
        Simulation now = Simulation.current();
        Cpu here = now.cpu();
        CrossCall made = new CrossCall(function, info);
        here.addPreemptCount(Cpu.PREEMPT_OFFSET);
        for (Cpu cpu : now.cpus()) {
            if (cpu != here && (mask & 1 << cpu.number()) != 0) {
                made.running++;
                now.irqs().raise(cpu, "function call interrupt", made::interrupt);
            }
        }
        if ((mask & 1 << here.number()) != 0) {
            boolean irqsOff = here.irqsOff();
            here.setIrqsOff(true);
            made.run();
            here.setIrqsOff(irqsOff);
        }
        if (wait) {
            now.scheduler().spin(Awaited.of(call, () -> made.running == 0));
        }
        here.addPreemptCount(-Cpu.PREEMPT_OFFSET);
    }

    private void interrupt() {
        run();
        running--;
    }

    private void run() {
        DriverEntry.run("function call", function, () -> function.run(info));
    }
}
