package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.Paint;
import dev.tophalf.shell.repl.text.Rejection;
import dev.tophalf.shell.report.TextReport;
import dev.tophalf.shell.world.World;
import java.util.List;

/** One person at a prompt: the machine, where text goes, what earlier lines declared, what was shown so far. */
public final class Session {
    private final Console console;
    private final TextReport report;
    private final boolean debug;
    private volatile World world;
    private volatile boolean interrupted;
    private PromptScope scope = new PromptScope();
    private int logShown;
    private int findingsShown;
    private int status;
    private boolean leaving;

    /**
     * @param debug whether a mistake of the simulator is shown with its Java stack trace
     */
    public Session(World world, Console console, boolean debug) {
        this.console = console;
        this.world = world;
        this.debug = debug;
        this.report = console.paint() == Paint.ON ? TextReport.coloured() : TextReport.plain();
        this.logShown = world.dmesg().size();
        this.findingsShown = world.findings().size();
    }

    public World world() {
        return world;
    }

    public Simulation simulation() {
        return world.simulation();
    }

    public Console console() {
        return console;
    }

    /** Whether a mistake of the simulator is shown with its Java stack trace. */
    public boolean debug() {
        return debug;
    }

    /** What earlier lines declared. */
    public PromptScope scope() {
        return scope;
    }

    /** Replaces the machine by a new one of the same kind; nothing of the old one is left. */
    void reboot() {
        Simulation old = world.simulation();
        world.close();
        world = World.boot(old.machine(), old.seed(), old.cpus().size(), world.limits());
        scope = new PromptScope();
        logShown = 0;
        findingsShown = 0;
    }

    /** Shows what the kernel has logged and the rules have found since the last time. */
    public void showNews() {
        List<KernelLog.Line> log = world.dmesg();
        log.subList(Math.min(logShown, log.size()), log.size()).forEach(this::show);
        logShown = log.size();
        List<Finding> findings = world.findings();
        for (int i = findingsShown; i < findings.size(); i++) {
            show(findings.get(i), i + 1);
        }
        findingsShown = findings.size();
    }

    /** How many findings were shown. */
    public int findingsShown() {
        return findingsShown;
    }

    /** Shows a message of the kernel. */
    void show(KernelLog.Line line) {
        Paint paint = console.paint();
        String text = line.toString();
        console.line(line.level() <= 3 ? paint.error(text) : line.level() == 4 ? paint.warning(text) : text);
    }

    /** Shows a finding in full. */
    void show(Finding finding, int number) {
        console.text(report.finding(finding, ""));
        console.line(console.paint().faint("  more   ") + "ctx " + number);
    }

    /** Says why a driver was not accepted. Returns the status for that. */
    int refuse(ScriptRejectedException rejected, ScriptSource source) {
        console.error(Rejection.text(rejected.diagnostics(), source, false, console.paint()));
        return 2;
    }

    /** The status of the last command. */
    public int status() {
        return status;
    }

    public void setStatus(int newStatus) {
        status = newStatus;
    }

    /** Ends the session after this line. */
    public void leave() {
        leaving = true;
    }

    /** Whether the session has ended. */
    public boolean isLeaving() {
        return leaving;
    }

    /** Stops the line that runs; called from another thread. */
    public void interrupt() {
        interrupted = true;
        world.simulation().interrupt();
    }

    /** Whether somebody stopped the line that runs. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Whether somebody stopped the line, which is forgotten then. */
    public boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        world.simulation().takeInterrupt();
        return was;
    }
}
