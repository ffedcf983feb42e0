package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Unloaded;
import dev.tophalf.runtime.vfs.Directory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The modules of the kernel: loading and unloading ({@code kernel/module/main.c}). */
public final class Modules {
    private final Simulation simulation;
    private final Map<String, LoadedModule> modules = new LinkedHashMap<>();
    private @Nullable LoadedModule loading;

    private Modules(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The modules of {@code simulation}. */
    public static Modules of(Simulation simulation) {
        return simulation.part(Modules.class, Modules::new);
    }

    /** The modules that are loaded, oldest first. */
    public List<LoadedModule> loaded() {
        return List.copyOf(modules.values());
    }

    /** Loads a module without parameters, in the calling process. */
    public int load(String name, String file, Runnable script) {
        return load(name, file, script, List.of());
    }

    /**
     * Loads a module, in the calling process.
     *
     * @param file the script, as the person named it
     * @param script runs the top level of the script
     * @param arguments the parameters, {@code NAME=VALUE} or {@code NAME}
     * @return 0, {@code -EEXIST} if a module of that name is loaded, what a parameter cannot be set for, or what its
     *     init function failed with
     */
    public int load(String name, String file, Runnable script, List<String> arguments) {
        if (modules.containsKey(name)) {
            return -Errno.EEXIST;
        }
        LoadedModule module = new LoadedModule(name, file, arguments, new ModuleParameters(simulation, name));
        modules.put(name, module);
        LoadedModule outer = loading;
        loading = module;
        try {
            DriverEntry.run("top level of the module", name, script);
        } finally {
            loading = outer;
        }
        if (!module.info().containsKey("license")) {
            simulation.log(4, name + ": module license 'unspecified' taints kernel.");
        }
        int error = module.parameters().areSound() ? module.parameters().parse(arguments) : -Errno.EINVAL;
        if (error == 0) {
            error = start(module);
        }
        if (error < 0) {
            forget(module);
        }
        return error;
    }

    private int start(LoadedModule module) {
        module.parameters().publish(directory(module));
        IntSupplier init = module.init();
        return init == null ? 0 : init.getAsInt();
    }

    private Directory directory(LoadedModule module) {
        return Files.of(simulation).directory("/sys/module").directory(module.name());
    }

    /**
     * Unloads a module, in the calling process.
     *
     * @return 0, {@code -ENOENT} if there is no such module, {@code -EBUSY} if it has no exit function
     */
    public int unload(String name) {
        LoadedModule module = modules.get(name);
        if (module == null) {
            return -Errno.ENOENT;
        }
        if (!module.canLeave()) {
            return -Errno.EBUSY;
        }
        Runnable exit = module.exit();
        if (exit != null) {
            exit.run();
        }
        forget(module);
        return 0;
    }

    private void forget(LoadedModule module) {
        modules.remove(module.name());
        directory(module).detach();
        WorkQueues.of(simulation).unloaded(module.name(), module.file());
        Callbacks.of(simulation).unloaded(module.name(), module.file());
        Rcu.of(simulation).unloaded(module.name(), module.file());
        SrcuCallbacks.of(simulation).unloaded(module.name(), module.file());
        simulation.locks().forget(module.file());
        IrqWorks.of(simulation).unloaded(module.name(), module.file());
        Kthreads.of(simulation).unloaded(module.name(), module.file());
        List<Resource> held = simulation.resources().heldBy(module.file());
        simulation.record(new Unloaded(module.name(), held));
        for (Resource resource : held) {
            resource.reclaim();
            simulation.resources().release(resource, simulation.site());
        }
    }

    private LoadedModule loading(String macro) {
        if (loading == null) {
            throw new DriverBug(macro + " outside of a module", "");
        }
        return loading;
    }

    /** Tells the module that is being loaded how to start and end. */
    public void define(IntSupplier init, Runnable exit) {
        defineInit(init);
        defineExit(exit);
    }

    /** Tells the module that is being loaded how to start. */
    public void defineInit(IntSupplier init) {
        loading("module_init()").setInit(init);
    }

    /** Tells the module that is being loaded how to end. */
    public void defineExit(Runnable exit) {
        loading("module_exit()").setExit(exit);
    }

    /** Notes something about the module that is being loaded. */
    public void describe(String key, String value) {
        if (loading != null) {
            loading.info().put(key, value);
        }
    }

    /** Notes a name that the module that is being loaded can be found by. */
    public void addAlias(String alias) {
        if (loading != null) {
            loading.info().merge("alias", alias, (before, added) -> before + "\n" + added);
        }
    }

    /** The parameters of the module that is being loaded. */
    public ModuleParameters parameters(String macro) {
        return loading(macro + "()").parameters();
    }
}
