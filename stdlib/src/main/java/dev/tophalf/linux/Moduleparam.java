package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Modules;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.FileScope;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/moduleparam.h}: variables that people set when they load a module, and in {@code
 * /sys/module/NAME/parameters} ({@code include/linux/moduleparam.h}, {@code kernel/params.c}).
 */
public final class Moduleparam {
    private Moduleparam() {}

    /**
     * Makes the variable {@code name} a parameter. The types are byte, short, ushort, int, uint, long, ulong, ullong,
     * hexint, bool, invbool and charp; with permissions other than 0 it is a file in sysfs as well.
     */
    @DefinitionMacro(header = "linux/moduleparam.h")
    public static void module_param(@Name String name, @Name String type, int perm, @FileScope Class<?> script) {
        Modules.of(Simulation.current()).parameters("module_param").add("module_param", name, script, name, type, perm);
    }

    /** Makes the variable {@code value} a parameter that people know as {@code name}. */
    @DefinitionMacro(header = "linux/moduleparam.h")
    public static void module_param_named(
            @Name String name, @Name String value, @Name String type, int perm, @FileScope Class<?> script) {
        Modules.of(Simulation.current())
                .parameters("module_param_named")
                .add("module_param_named", name, script, value, type, perm);
    }

    /**
     * Makes the array {@code name} a parameter that takes values with commas between them; {@code nump} is the variable
     * that counts them, or {@code NULL}.
     */
    @DefinitionMacro(header = "linux/moduleparam.h")
    public static void module_param_array(
            @Name String name, @Name String type, @Nullable @Name String nump, int perm, @FileScope Class<?> script) {
        Modules.of(Simulation.current())
                .parameters("module_param_array")
                .addArray(
                        "module_param_array",
                        name,
                        script,
                        type,
                        nump == null || nump.equals("NULL") ? null : nump,
                        perm);
    }

    /** Says what a parameter is for. */
    @DefinitionMacro(header = "linux/moduleparam.h")
    public static void MODULE_PARM_DESC(@Name String _parm, String desc) {
        Modules.of(Simulation.current()).parameters("MODULE_PARM_DESC").describe(_parm, desc);
    }
}
