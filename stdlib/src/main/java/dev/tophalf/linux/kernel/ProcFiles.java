package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
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
        proc.add(new Report("interrupts", () -> IrqFiles.of(simulation).interrupts()));
        proc.add(new Report(
                "modules",
                () -> Modules.of(simulation).loaded().stream()
                        .map(module -> module.name() + "\n")
                        .collect(Collectors.joining())));
        proc.add(new Report("softirqs", () -> softirqs(simulation)));
        proc.add(new Report("uptime", () -> String.format(Locale.ROOT, "%.2f\n", simulation.nowNs() / 1e9)));
    }

    /** A file to read. */
    static final class Report extends VirtualFile {
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
}
