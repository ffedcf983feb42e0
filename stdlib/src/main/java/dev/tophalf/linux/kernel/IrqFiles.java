package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Interrupt;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.Node;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code /proc/interrupts} and {@code /proc/irq}, where a line has a folder from its first request on. */
final class IrqFiles {
    private final Simulation simulation;
    private final Directory root;
    private final int cpus;

    private IrqFiles(Simulation simulation) {
        this.simulation = simulation;
        this.root = Files.of(simulation).directory("/proc/irq");
        this.cpus = simulation.cpus().size();
    }

    /** The files of {@code simulation}. */
    static IrqFiles of(Simulation simulation) {
        return simulation.part(IrqFiles.class, IrqFiles::new);
    }

    /** Shows a handler: a folder of its name in that of its line. */
    void registered(IrqHandler handler) {
        IrqLine line = handler.line;
        String number = Integer.toString(line.irq());
        if (root.child(number) == null) {
            fill(root.directory(number), line);
        }
        root.directory(number).directory(handler.name());
    }

    /** Shows a handler no more. */
    void unregistered(IrqHandler handler) {
        Directory folder = root.directory(Integer.toString(handler.line.irq()));
        Node shown = folder.child(handler.name());
        boolean isUsed =
                handler.line.actions().stream().anyMatch(other -> other.name().equals(handler.name()));
        if (shown != null && !isUsed) {
            folder.remove(shown);
        }
    }

    private void fill(Directory folder, IrqLine line) {
        folder.add(new Mask("smp_affinity", 0644, line));
        folder.add(new Mask("effective_affinity", 0444, line));
        folder.add(new Mask("smp_affinity_list", 0644, line));
        folder.add(new Mask("effective_affinity_list", 0444, line));
        folder.add(new ProcFiles.Report(
                "spurious",
                () -> String.format(
                        Locale.ROOT,
                        "count %d\nunhandled %d\nlast_unhandled %d ms\n",
                        line.spurious().count(),
                        line.spurious().unhandled(),
                        line.spurious().lastUnhandledNs() / 1_000_000)));
    }

    /** The CPUs that may take a line, as a number or a list. All of them really may, so that these are the effective ones. */
    private final class Mask extends VirtualFile {
        private final boolean isList;
        private final IrqLine line;

        Mask(String name, int mode, IrqLine line) {
            super(name, mode);
            this.isList = name.endsWith("_list");
            this.line = line;
        }

        @Override
        public String read() {
            int mask = line.affinity() & IrqControl.of(simulation).online();
            return (isList ? CpuMasks.list(mask) : CpuMasks.hex(mask, cpus)) + "\n";
        }

        @Override
        public void write(String text) throws FileException {
            if (!isWritable()) {
                throw Files.error(Errno.EACCES);
            }
            long fixed = Interrupt.IRQF_PERCPU | Interrupt.IRQF_NOBALANCING;
            if (Irqs.handlers(line).stream().anyMatch(handler -> (handler.flags & fixed) != 0)) {
                throw Files.error(Errno.EIO);
            }
            int mask = isList ? CpuMasks.parseList(text, cpus) : CpuMasks.parseHex(text, cpus);
            int error = IrqControl.of(simulation).setAffinity(line.irq(), mask);
            if (error != 0) {
                throw Files.error(-error);
            }
        }
    }

    /** {@code /proc/interrupts}: the lines that somebody handles. */
    String interrupts() {
        StringBuilder text = new StringBuilder(" ".repeat(11));
        for (Cpu cpu : simulation.cpus()) {
            text.append(String.format(Locale.ROOT, "CPU%-8d", cpu.number()));
        }
        text.append('\n');
        for (IrqLine line : simulation.irqs().lines()) {
            if (!line.actions().isEmpty()) {
                append(text, line);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, IrqLine line) {
        text.append(String.format(Locale.ROOT, "%3d: ", line.irq()));
        for (Cpu cpu : simulation.cpus()) {
            text.append(String.format(Locale.ROOT, "%10d ", line.count(cpu)));
        }
        String kind = line.trigger().isEdge() ? "Edge" : "Level";
        String names = line.actions().stream().map(IrqAction::name).collect(Collectors.joining(", "));
        text.append(String.format(Locale.ROOT, " %8s %3d %-8s  %s\n", "GICv2", line.hwirq(), kind, names));
    }
}
