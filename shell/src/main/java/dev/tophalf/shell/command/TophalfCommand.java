package dev.tophalf.shell.command;

import dev.tophalf.shell.Version;
import dev.tophalf.shell.repl.Repl;
import dev.tophalf.shell.run.Machines;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.world.World;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code tophalf} alone: the prompt. What it declares is inherited by every command. */
@Command(
        name = "tophalf",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = TophalfCommand.VersionText.class,
        description = "A sandbox for Linux-style drivers written in Groovy. Without a command: a prompt.")
final class TophalfCommand implements Callable<Integer> {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show Java stack traces.")
    private boolean debug;

    private final LimitOptions limits;

    TophalfCommand(LimitOptions limits) {
        this.limits = limits;
    }

    /** Whether a mistake is shown with its Java stack trace. */
    boolean debug() {
        return debug;
    }

    @Override
    public Integer call() {
        try (World world = World.boot(Machines.lab(), 0, RunPlan.DEFAULT_CPUS, limits.limits())) {
            return new Repl(world).run();
        }
    }

    /** What {@code --version} prints. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tophalf " + Version.text()};
        }
    }
}
