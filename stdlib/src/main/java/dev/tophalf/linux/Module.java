package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Modules;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.contract.KernelType;

/** {@code linux/module.h}: what a module is and how it starts and ends. */
public final class Module {
    private Module() {}

    /** A module's first function. */
    @KernelType(header = "linux/init.h")
    @FunctionalInterface
    public interface initcall_t {
        /** Called in process context. Returns 0 or a negative error code. */
        int init();
    }

    /** A module's last function. */
    @KernelType(header = "linux/init.h")
    @FunctionalInterface
    public interface exitcall_t {
        /** Called in process context. */
        void exit();
    }

    /** The function to call when the module is loaded. */
    @DefinitionMacro(header = "linux/module.h")
    public static void module_init(initcall_t initfn) {
        Modules.of(Simulation.current())
                .defineInit(() -> DriverEntry.call("module init function", initfn, initfn::init));
    }

    /** The function to call when the module is unloaded; a module without one cannot be. */
    @DefinitionMacro(header = "linux/module.h")
    public static void module_exit(exitcall_t exitfn) {
        Modules.of(Simulation.current())
                .defineExit(() -> DriverEntry.run("module exit function", exitfn, exitfn::exit));
    }

    /** The module's licence, such as {@code GPL}. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_LICENSE(String license) {
        Modules.of(Simulation.current()).describe("license", license);
    }

    /** Who wrote the module. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_AUTHOR(String author) {
        Modules.of(Simulation.current()).describe("author", author);
    }

    /** What the module does. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_DESCRIPTION(String description) {
        Modules.of(Simulation.current()).describe("description", description);
    }

    /** The module's version. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_VERSION(String version) {
        Modules.of(Simulation.current()).describe("version", version);
    }

    /** A name that the module can be found by. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_ALIAS(String alias) {
        if (alias != null) {
            Modules.of(Simulation.current()).addAlias(alias);
        }
    }

    /** The devices that the module is for, so that it can be found for one: a table of type {@code of}, for now. */
    @DefinitionMacro(header = "linux/module.h")
    public static void MODULE_DEVICE_TABLE(@Name String type, String[] table) {
        if (table == null) {
            throw DriverBug.nullPointer("MODULE_DEVICE_TABLE()");
        }
        for (String compatible : table) {
            Modules.of(Simulation.current()).addAlias(type + ":N*T*C" + compatible);
        }
    }
}
