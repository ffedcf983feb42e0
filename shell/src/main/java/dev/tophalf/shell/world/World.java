package dev.tophalf.shell.world;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Linux;
import dev.tophalf.linux.kernel.Files;
import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.linux.kernel.Modules;
import dev.tophalf.linux.kernel.PlatformBus;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.contract.FunctionPointer;
import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.CompiledScript;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.Node;
import dev.tophalf.runtime.vfs.Symlink;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a person in front of it: load a module, read and write its files, press its buttons, look at what the
 * rules found.
 *
 * <p>Each verb is a process of its own, or a hand on the hardware. After it the person waits until the machine is
 * quiet, a second of machine time at most. A verb that cannot be done throws a {@link WorldException} with the line to
 * print.
 */
public final class World implements AutoCloseable {
    /** How long a person waits for the machine to come to rest. */
    private static final long PATIENCE_NS = 1_000_000_000L;

    private final Simulation simulation;
    private final Compilers compilers;
    private final List<Task> started = new ArrayList<>();

    private World(Simulation simulation, Compilers compilers) {
        this.simulation = simulation;
        this.compilers = compilers;
    }

    /** Boots Linux on {@code machine} and stands in front of it. */
    public static World boot(Machine machine) {
        return boot(machine, 0, 2);
    }

    /**
     * Boots Linux on {@code machine} and stands in front of it.
     *
     * @param seed where every random number of the run comes from
     * @param cpus how many CPUs the machine has, 1 to 8
     */
    public static World boot(Machine machine, long seed, int cpus) {
        return boot(machine, seed, cpus, DriverLimits.DEFAULT);
    }

    /** As {@link #boot(Machine, long, int)}, with other limits for the drivers. */
    public static World boot(Machine machine, long seed, int cpus, DriverLimits limits) {
        return boot(
                machine,
                new Compilers(limits),
                builder -> builder.seed(seed).cpus(cpus).traceArguments());
    }

    /**
     * Boots Linux on {@code machine} and stands in front of it.
     *
     * @param compilers what compiles its scripts, which several worlds may use one after another
     * @param options what else the simulation is made from
     */
    public static World boot(Machine machine, Compilers compilers, UnaryOperator<Simulation.Builder> options) {
        Simulation.Builder builder = Simulation.builder(new Linux(), machine)
                .sites(compilers.sites())
                .budgets(compilers.limits().budgets());
        Simulation simulation = options.apply(builder).boot();
        World world = new World(simulation, compilers);
        return simulation.part(World.class, made -> world);
    }

    /** The machine. */
    public Simulation simulation() {
        return simulation;
    }

    /** What the drivers may use. */
    public DriverLimits limits() {
        return compilers.limits();
    }

    /** What makes drivers for it. */
    public ScriptCompiler compiler() {
        return compilers.drivers();
    }

    /** What makes scenarios for it. */
    public ScriptCompiler scenarioCompiler() {
        return compilers.scenarios();
    }

    /** Reads a script from a file, which messages call {@code path}. */
    public static ScriptSource source(Path path) {
        try {
            if (java.nio.file.Files.isDirectory(path)) {
                throw new WorldException(path + ": is a directory");
            }
            return new ScriptSource(path.toString(), java.nio.file.Files.readString(path));
        } catch (MalformedInputException binary) {
            throw new WorldException(path + ": is not text in UTF-8");
        } catch (NoSuchFileException missing) {
            throw new WorldException(path + ": no such file");
        } catch (IOException broken) {
            throw new WorldException(path + ": cannot be read (" + broken.getMessage() + ")");
        }
    }

    /** Loads a driver as a module. Returns the module's name. */
    public String insmod(Path path) throws ScriptRejectedException {
        return insmod(source(path));
    }

    /** Loads a driver as a module. Returns the module's name. */
    public String insmod(ScriptSource source) throws ScriptRejectedException {
        return insmod(source, Scope.EMPTY);
    }

    /** Loads a driver that sees what {@code scope} shows as a module. Returns the module's name. */
    public String insmod(ScriptSource source, Scope scope) throws ScriptRejectedException {
        return insmod(source, scope, List.of());
    }

    /**
     * Loads a driver that sees what {@code scope} shows as a module.
     *
     * @param parameters {@code NAME=VALUE}, or {@code NAME} for a {@code bool}
     * @return the module's name
     */
    public String insmod(ScriptSource source, Scope scope, List<String> parameters) throws ScriptRejectedException {
        LoadedScript script = load(source, scope);
        String name = source.moduleName();
        int error =
                runForResult("insmod", () -> Modules.of(simulation).load(name, source.file(), script::run, parameters));
        if (error != 0) {
            String message = "insmod: could not insert module " + source.file() + ": " + Files.message(-error);
            throw error == -Errno.EEXIST ? new WorldException(message) : WorldException.fromDriver(message);
        }
        return name;
    }

    /** Compiles a script and loads its classes; nothing of it runs. */
    public LoadedScript load(ScriptSource source, Scope scope) throws ScriptRejectedException {
        CompiledScript compiled = compiler().compile(source, scope);
        simulation.addScript(
                source, compiled.classes().stream().map(ClassBytes::name).toList());
        return compiled.load();
    }

    /** Unloads a module. */
    public void rmmod(String module) {
        int error = runForResult("rmmod", () -> Modules.of(simulation).unload(module));
        if (error != 0) {
            throw new WorldException("rmmod: " + module + ": "
                    + (modules().stream().anyMatch(loaded -> loaded.name().equals(module))
                            ? "is in use: it has an init function but no exit function"
                            : "is not loaded" + loadedModules()));
        }
    }

    private String loadedModules() {
        List<LoadedModule> modules = modules();
        return modules.isEmpty()
                ? ""
                : "; loaded: " + modules.stream().map(LoadedModule::name).collect(Collectors.joining(", "));
    }

    /** The modules that are loaded, oldest first. */
    public List<LoadedModule> modules() {
        return Modules.of(simulation).loaded();
    }

    /** The content of a file. */
    public String cat(String path) {
        VirtualFile file = file("cat", path, true);
        String[] content = {""};
        runFile("cat", path, () -> content[0] = file.read());
        return content[0];
    }

    /** Writes {@code text} to a file, as it is. */
    public void write(String text, String path) {
        VirtualFile file = file("echo", path, false);
        runFile("echo", path, () -> file.write(text));
    }

    private interface FileBody {
        void run() throws FileException;
    }

    /** Starts a process that reads a file; {@link #waitForAll} waits for it. */
    public void startCat(String path) {
        VirtualFile file = file("cat", path, true);
        start("cat", file::read);
    }

    /** Starts a process that writes {@code text} to a file; {@link #waitForAll} waits for it. */
    public void startWrite(String text, String path) {
        VirtualFile file = file("echo", path, false);
        start("echo", () -> file.write(text));
    }

    private void start(String comm, FileBody body) {
        checkRunning();
        started.add(simulation.start(comm, () -> trying(body)));
    }

    /** Runs the machine until the processes that were started have ended and it is quiet. */
    public void waitForAll() {
        List<Task> waitedFor = List.copyOf(started);
        started.clear();
        for (Task task : waitedFor) {
            check(task.comm(), simulation.await(task));
        }
        settle();
    }

    private static @Nullable FileException trying(FileBody body) {
        try {
            body.run();
            return null;
        } catch (FileException failed) {
            return failed;
        }
    }

    private void runFile(String comm, String path, FileBody body) {
        @Nullable FileException[] failure = {null};
        run(comm, () -> failure[0] = trying(body));
        if (failure[0] != null) {
            throw WorldException.fromDriver(comm + ": " + path + ": " + failure[0].getMessage());
        }
    }

    private VirtualFile file(String verb, String path, boolean reads) {
        Node node = node(verb, path);
        if (!(node instanceof VirtualFile file)) {
            throw new WorldException(verb + ": " + path + ": Is a directory");
        }
        if (reads ? !file.isReadable() : !file.isWritable()) {
            throw new WorldException(verb + ": " + path + ": Permission denied (mode "
                    + String.format(Locale.ROOT, "%04o", file.mode()) + ")");
        }
        return file;
    }

    private Node node(String verb, String path) {
        Node node = Files.of(simulation).find(absolute(path));
        if (node == null) {
            throw new WorldException(verb + ": " + path + ": No such file or directory");
        }
        return node;
    }

    /** An absolute path; one that begins with a peripheral's label is meant below its device. */
    public String absolute(String path) {
        if (path.startsWith("/")) {
            return path;
        }
        String label = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        return PlatformBus.of(simulation).devices().stream()
                .filter(device -> device.part().label().equals(label))
                .map(device -> device.dev.directory().path() + path.substring(label.length()))
                .findFirst()
                .orElse("/" + path);
    }

    /** The names in a folder, folders with a final {@code /} and links with a final {@code @}; or the file itself. */
    public List<String> ls(String path) {
        Node node = node("ls", path);
        if (!(node instanceof Directory directory)) {
            return List.of(node.name());
        }
        return directory.children().stream()
                .map(child -> child.name() + (child instanceof Directory ? "/" : child instanceof Symlink ? "@" : ""))
                .toList();
    }

    /** Does something to a peripheral: {@code act("button0", "press", List.of())}. */
    public void act(String label, String action, List<String> words) {
        startAct(label, action, words);
        settle();
    }

    /** As {@link #act}, without waiting for what comes of it. */
    public void startAct(String label, String action, List<String> words) {
        Part part = simulation.board().part(label);
        if (part == null) {
            throw new WorldException(label + ": no such peripheral; this machine has "
                    + String.join(", ", simulation.board().labels()));
        }
        List<Action> actions = part.peripheral().actions();
        Action chosen = actions.stream()
                .filter(candidate -> candidate.name().equals(action))
                .findFirst()
                .orElseThrow(() -> new WorldException(label + ": cannot '" + action + "'; it can "
                        + actions.stream().map(Action::name).collect(Collectors.joining(", "))));
        checkRunning();
        try {
            chosen.body().accept(words);
        } catch (IllegalArgumentException refused) {
            throw new WorldException(label + ": " + refused.getMessage());
        }
    }

    /** Sends a signal to the user process of that number, and waits for what comes of it. */
    public void kill(int pid, int signal) {
        Task task = simulation.scheduler().tasks().stream()
                .filter(candidate -> candidate.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new WorldException("kill: " + pid + ": no such process"));
        if (!task.isUser()) {
            throw new WorldException(
                    "kill: " + pid + ": " + task.comm() + " is the kernel's own; signals do not reach it");
        }
        signal(task, signal);
    }

    /** Sends a signal to every user process of that name, and waits for what comes of it. */
    public void pkill(String comm, int signal) {
        List<Task> tasks = simulation.scheduler().tasks().stream()
                .filter(task -> task.isUser() && task.comm().equals(comm))
                .toList();
        if (tasks.isEmpty()) {
            throw new WorldException("pkill: no process is called '" + comm + "'");
        }
        tasks.forEach(task -> signal(task, signal));
    }

    private void signal(Task task, int signal) {
        checkRunning();
        simulation.host(() -> simulation.scheduler().signal(task, signal));
        settle();
    }

    /** Lets machine time pass. */
    public void runFor(long ns) {
        checkRunning();
        simulation.runUntil(simulation.nowNs() + ns);
    }

    /** Runs a line of Groovy in the kernel, as a process of its own. */
    public @Nullable Object evaluate(LoadedScript line) {
        @Nullable Object[] result = {null};
        Line entry = new Line(line.source().file());
        run("sh", () -> result[0] = DriverEntry.<@Nullable Object>call("line", entry, line::run));
        return result[0];
    }

    /** The top level of a line of Groovy, as the kernel enters it. */
    private record Line(String file) implements FunctionPointer {
        @Override
        public String functionName() {
            return "";
        }

        @Override
        public int line() {
            return 1;
        }
    }

    /** What the rules found so far. */
    public List<Finding> findings() {
        return simulation.findings();
    }

    /** The kernel log so far. */
    public List<KernelLog.Line> dmesg() {
        return simulation.kernelLog().lines();
    }

    private int runForResult(String comm, IntSupplier body) {
        int[] result = {0};
        run(comm, () -> result[0] = body.getAsInt());
        return result[0];
    }

    private void run(String comm, Runnable body) {
        checkRunning();
        check(comm, simulation.process(comm, body));
        settle();
    }

    private void check(String comm, Exit exit) {
        if (exit == Exit.DONE) {
            return;
        }
        throw new WorldException(
                switch (exit) {
                    case KILLED -> comm + ": killed by the kernel; see 'dmesg' and 'findings'";
                    case HUNG -> comm + ": still waits after two minutes of machine time; see 'ps'";
                    default -> comm + ": " + simulation.stopReason();
                },
                exit);
    }

    private void checkRunning() {
        if (simulation.isStopped()) {
            throw new WorldException("the machine has stopped: " + simulation.stopReason(), Exit.STOPPED);
        }
    }

    private void settle() {
        simulation.settle(simulation.nowNs() + PATIENCE_NS);
    }

    @Override
    public void close() {
        simulation.close();
    }
}
