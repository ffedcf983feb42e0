package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.kernel.ParameterType.InvalidValue;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of one module ({@code kernel/params.c}). */
public final class ModuleParameters {
    private final Simulation simulation;
    private final String module;
    private final Map<String, ModuleParameter> parameters = new LinkedHashMap<>();
    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private boolean sound = true;

    ModuleParameters(Simulation simulation, String module) {
        this.simulation = simulation;
        this.module = module;
    }

    /** All of them, in the order of the source. */
    public List<ModuleParameter> all() {
        return List.copyOf(parameters.values());
    }

    /** What {@code MODULE_PARM_DESC} says of a parameter, or an empty string. */
    public String description(String name) {
        return descriptions.getOrDefault(name, "");
    }

    /** Notes what a parameter is for. */
    public void describe(String name, String description) {
        descriptions.put(name, description);
    }

    /** Declares a parameter that is a variable; a mistake is reported, and the module does not load. */
    public void add(String macro, String name, Class<?> script, String variable, String typeName, int mode) {
        ParameterType type = check(macro, name, typeName, mode);
        Field field = type == null ? null : variable(macro, script, variable, type.carrier(), typeName);
        if (type != null && field != null) {
            parameters.put(name, new ModuleParameter.Single(name, type, mode, field));
        }
    }

    /** Declares a parameter that is an array; a mistake is reported, and the module does not load. */
    public void addArray(
            String macro, String name, Class<?> script, String typeName, @Nullable String count, int mode) {
        ParameterType type = check(macro, name, typeName, mode);
        if (type == null) {
            return;
        }
        Field array = variable(macro, script, name, type.element().arrayType(), typeName + "[]");
        Field told = count == null ? null : counter(macro, script, count);
        if (array != null && (told != null || count == null)) {
            parameters.put(name, new ArrayParameter(name, type, mode, array, told));
        }
    }

    private @Nullable ParameterType check(String macro, @Nullable String name, String typeName, int mode) {
        if (name == null) {
            refuse(macro + "() without a name", "write the bare name of a variable");
            return null;
        }
        ParameterType type = ParameterType.named(typeName);
        if (type == null) {
            refuse(
                    macro + "() of " + name + ", whose type '" + typeName + "' is none for parameters",
                    "write one of " + ParameterType.names());
            return null;
        }
        if (mode < 0 || mode > 0777 || (mode & 0002) != 0 || !isNested(mode >> 2) || !isNestedWrite(mode)) {
            refuse(
                    String.format(Locale.ROOT, "%s() of %s with permissions 0%o", macro, name, mode),
                    "write octal permissions such as 0644 that give the world no more than the group, and nobody else"
                            + " a file to write");
            return null;
        }
        return type;
    }

    /** Whether the owner may read whatever the group may, and the group what the world may. */
    private static boolean isNested(int mode) {
        int user = mode >> 6 & 1;
        int group = mode >> 3 & 1;
        return user >= group && group >= (mode & 1);
    }

    private static boolean isNestedWrite(int mode) {
        return (mode >> 7 & 1) >= (mode >> 4 & 1);
    }

    private @Nullable Field variable(
            String macro, Class<?> script, @Nullable String name, Class<?> wanted, String typeName) {
        Field field = field(script, name);
        if (field == null) {
            refuse(macro + "() of '" + name + "', which is no variable of the file", "declare it before");
            return null;
        }
        if (field.getType() != wanted) {
            refuse(
                    macro + "() of " + name + ", which is no " + typeName,
                    "give the variable and the parameter the same type");
            return null;
        }
        return field;
    }

    private @Nullable Field counter(String macro, Class<?> script, String name) {
        Field field = field(script, name);
        if (field == null || (field.getType() != int.class && field.getType() != long.class)) {
            refuse(
                    macro + "() counts in '" + name + "', which is no number of the file",
                    "declare 'int " + name + "', or write NULL");
            return null;
        }
        return field;
    }

    private static @Nullable Field field(Class<?> script, @Nullable String name) {
        try {
            return name == null ? null : script.getField(name);
        } catch (NoSuchFieldException none) {
            return null;
        }
    }

    /** What the kernel's build refuses is a finding here, and the module does not load. */
    private void refuse(String message, String advice) {
        sound = false;
        simulation.cpu().context().setSite(here());
        Misuses.report("bad-module-param", message, "", advice);
    }

    /** The line of the script that runs; the top level of a file passes no gate that would note it. */
    private Site here() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(frame -> {
                            var script = simulation.script(frame.getClassName());
                            return script == null
                                    ? Site.NONE
                                    : new Site(script.file(), frame.getLineNumber(), 0, "", null);
                        })
                        .filter(site -> !site.equals(Site.NONE))
                        .findFirst()
                        .orElse(Site.NONE));
    }

    /**
     * Sets parameters as they are given to {@code insmod}: {@code NAME=VALUE}, or {@code NAME}.
     *
     * @return 0 or a negative error code
     */
    int parse(List<String> arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            ModuleParameter parameter = parameters.get(name.replace('-', '_'));
            if (parameter == null) {
                simulation.log(4, module + ": unknown parameter '" + name + "' ignored");
                continue;
            }
            try {
                parameter.set(value);
            } catch (InvalidValue invalid) {
                String what = invalid.errno() == Errno.ENOSPC ? "too large" : "invalid";
                String shown = value == null ? "" : value;
                simulation.log(3, module + ": `" + shown + "' " + what + " for parameter `" + name + "'");
                return -invalid.errno();
            }
        }
        return 0;
    }

    /** Whether every parameter was declared as the kernel's build accepts it. */
    boolean areSound() {
        return sound;
    }

    /** Puts the files of those that have permissions into {@code directory}. */
    void publish(Directory directory) {
        for (ModuleParameter parameter : parameters.values()) {
            if (parameter.mode() != 0) {
                directory.directory("parameters").add(new ParameterFile(parameter));
            }
        }
    }

    private static final class ParameterFile extends VirtualFile {
        private final ModuleParameter parameter;

        ParameterFile(ModuleParameter parameter) {
            super(parameter.name(), parameter.mode());
            this.parameter = parameter;
        }

        @Override
        public String read() {
            return parameter.show() + "\n";
        }

        @Override
        public void write(String content) throws FileException {
            try {
                parameter.set(content);
            } catch (InvalidValue invalid) {
                throw Files.error(invalid.errno());
            }
        }
    }
}
