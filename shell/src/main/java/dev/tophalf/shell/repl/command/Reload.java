package dev.tophalf.shell.repl.command;

import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Unloads a module and loads its file again; a file that does not compile leaves the module loaded. */
final class Reload extends PromptCommand {
    Reload() {
        super("reload", "[NAME]", "unload a module and load its file again", Completion.MODULE);
    }

    @Override
    int run(Session session, Typed typed) {
        LoadedModule module = module(name(), session.world().modules(), typed.words());
        ScriptSource source = World.source(Path.of(module.file()));
        try {
            session.world().compiler().compile(source, Scope.EMPTY);
            session.world().rmmod(module.name());
            session.world().insmod(source, Scope.EMPTY, module.arguments());
            return 0;
        } catch (ScriptRejectedException rejected) {
            return session.refuse(rejected, source);
        }
    }

    /** The loaded module that is named, or the only one. */
    static LoadedModule module(String command, List<LoadedModule> loaded, List<String> words) {
        if (words.isEmpty() && loaded.size() == 1) {
            return loaded.get(0);
        }
        String names = loaded.isEmpty()
                ? "no module is loaded"
                : "loaded: " + loaded.stream().map(LoadedModule::name).collect(Collectors.joining(", "));
        if (words.isEmpty()) {
            throw new WorldException(command + ": takes NAME, but got nothing; " + names);
        }
        return loaded.stream()
                .filter(module -> module.name().equals(words.get(0)))
                .findFirst()
                .orElseThrow(() -> new WorldException(command + ": " + words.get(0) + ": is not loaded; " + names));
    }
}
