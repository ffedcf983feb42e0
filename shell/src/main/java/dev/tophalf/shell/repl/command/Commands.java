package dev.tophalf.shell.repl.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of the prompt, in the order of {@code help}. */
public final class Commands {
    private static final List<PromptCommand> ALL = List.of(
            new Insmod(),
            new Rmmod(),
            new Reload(),
            new Lsmod(),
            new Modinfo(),
            new Ls(),
            new Cat(),
            new Echo(),
            new RunFor(),
            new Dmesg(),
            new FindingsCommand(),
            new Ctx(),
            new Ps(),
            new Kill(),
            new Irqs(),
            new Locks(),
            new Devices(),
            new Reboot(),
            new Help(),
            new Man(),
            new Exit());

    private Commands() {}

    /** All of them. */
    public static List<PromptCommand> all() {
        return ALL;
    }

    /** The command of that name, or null. */
    public static @Nullable PromptCommand find(String name) {
        return ALL.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(PromptCommand::name).toList();
    }
}
