package dev.tophalf.shell.command;

import dev.tophalf.linux.Linux;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.repl.text.Topics;
import dev.tophalf.shell.world.WorldException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tophalf man}: what a kernel function promises and demands, or the language of drivers. */
@Command(
        name = "man",
        description = {"Tell about a name of the kernel, or teach the language of drivers: tophalf man dialect."})
final class ManCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(paramLabel = "NAME", description = "'dialect', or a function, type, macro or constant.")
    private String name = "";

    ManCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Topics topics = new Topics(new Linux().api());
        List<String> lines = topics.of(Topics.name(name));
        if (lines.isEmpty()) {
            throw new WorldException("man: nothing is called '" + name + "'" + Spelling.hint(name, topics.names()));
        }
        lines.forEach(out::println);
        return 0;
    }
}
