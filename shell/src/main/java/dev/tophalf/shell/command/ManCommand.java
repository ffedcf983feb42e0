package dev.tophalf.shell.command;

import dev.tophalf.linux.Linux;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.repl.text.NameText;
import dev.tophalf.shell.repl.text.Pages;
import dev.tophalf.shell.world.WorldException;
import java.io.PrintWriter;
import java.util.ArrayList;
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
        KernelApi api = new Linux().api();
        List<String> lines = new ArrayList<>(Pages.lines(name));
        lines.addAll(new NameText(api).of(name));
        if (lines.isEmpty()) {
            List<String> known = new ArrayList<>(Pages.names());
            known.addAll(api.names());
            throw new WorldException("man: nothing is called '" + name + "'" + Spelling.hint(name, known));
        }
        lines.forEach(out::println);
        return 0;
    }
}
