package dev.tophalf.linux.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A module in the kernel. */
public final class LoadedModule {
    private final String name;
    private final String file;
    private final Map<String, String> info = new LinkedHashMap<>();
    private final List<String> arguments;
    private final ModuleParameters parameters;
    private @Nullable IntSupplier init;
    private @Nullable Runnable exit;

    LoadedModule(String name, String file, List<String> arguments, ModuleParameters parameters) {
        this.name = name;
        this.file = file;
        this.arguments = List.copyOf(arguments);
        this.parameters = parameters;
    }

    public String name() {
        return name;
    }

    /** The script that it is, as the person named it. */
    public String file() {
        return file;
    }

    /** The parameters that it was loaded with, as they were given. */
    public List<String> arguments() {
        return arguments;
    }

    /** The parameters that it has. */
    public ModuleParameters parameters() {
        return parameters;
    }

    /** What the {@code MODULE_} macros said: licence, author, description, version; aliases one to a line. */
    public Map<String, String> info() {
        return info;
    }

    @Nullable
    IntSupplier init() {
        return init;
    }

    @Nullable
    Runnable exit() {
        return exit;
    }

    void setInit(IntSupplier function) {
        init = function;
    }

    void setExit(Runnable function) {
        exit = function;
    }

    /** Whether it can be unloaded: one that starts something has to know how to end it. */
    boolean canLeave() {
        return init == null || exit != null;
    }
}
