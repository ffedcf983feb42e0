package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The files of {@code /proc}. */
public final class ProcFiles {
    private ProcFiles() {}

    /** Puts them into the tree of {@code simulation}. */
    public static void create(Simulation simulation) {
        Directory proc = Files.of(simulation).directory("/proc");
        proc.add(new Report("interrupts", () -> interrupts(simulation)));
        proc.add(new Report(
                "modules",
                () -> Modules.of(simulation).loaded().stream()
                        .map(module -> module.name() + "\n")
                        .collect(Collectors.joining())));
        proc.add(new Report("softirqs", () -> softirqs(simulation)));
        proc.add(new Report("uptime", () -> String.format(Locale.ROOT, "%.2f\n", simulation.nowNs() / 1e9)));
    }

    private static final class Report extends VirtualFile {
        private final Supplier<String> content;

        Report(String name, Supplier<String> content) {
            super(name, 0444);
            this.content = content;
        }

        @Override
        public String read() {
            return content.get();
        }

        @Override
        public void write(String text) throws FileException {
            throw Files.error(Errno.EACCES);
        }
    }

    private static String interrupts(Simulation simulation) {
        StringBuilder text = new StringBuilder("    ");
        for (Cpu cpu : simulation.cpus()) {
            text.append(String.format(Locale.ROOT, "       %-4s", "CPU" + cpu.number()));
        }
        text.append('\n');
        for (IrqLine line : simulation.irqs().lines()) {
            if (!line.actions().isEmpty()) {
                append(text, line, simulation.cpus().size());
            }
        }
        return text.toString();
    }

    /** As {@code fs/proc/softirqs.c} prints it. */
    private static String softirqs(Simulation simulation) {
        StringBuilder text = new StringBuilder(" ".repeat(20));
        for (Cpu cpu : simulation.cpus()) {
            text.append(String.format(Locale.ROOT, "CPU%-8d", cpu.number()));
        }
        text.append('\n');
        for (Softirq vector : Softirq.values()) {
            text.append(String.format(Locale.ROOT, "%12s:", vector));
            for (Cpu cpu : simulation.cpus()) {
                text.append(String.format(
                        Locale.ROOT, " %10d", simulation.softirqs().count(vector, cpu)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, IrqLine line, int cpus) {
        text.append(String.format(Locale.ROOT, "%3d:", line.irq()));
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append(String.format(Locale.ROOT, " %10d", cpu == 0 ? line.count() : 0));
        }
        String names = line.actions().stream().map(IrqAction::name).collect(Collectors.joining(", "));
        text.append(String.format(Locale.ROOT, "  GICv2 %4d Level     %s\n", line.irq(), names));
    }
}
