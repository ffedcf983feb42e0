package dev.tophalf.runtime.script.dialect.names;

import com.google.common.base.Splitter;
import dev.tophalf.runtime.script.DriverScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.dialect.source.Diagnostics;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.JavaTypes;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.jspecify.annotations.Nullable;

/**
 * The script at hand: what it declares, and what its names mean. A name is the script's own, else one of the scripts
 * before it, else the kernel's.
 */
public final class Unit {
    private static final Splitter LINES = Splitter.on('\n');

    private final KernelNames kernel;
    private final Scope scope;
    private final ScriptSource source;
    private final Diagnostics diagnostics;
    private final JavaTypes types;
    private final ScriptClass file;
    private final Map<String, ScriptClass> structs = new LinkedHashMap<>();
    private final Map<String, EnumType> enums = new LinkedHashMap<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<Runnable> later = new ArrayList<>();
    private @Nullable ASTNode place;

    public Unit(KernelNames kernel, Scope scope, ScriptSource source, Diagnostics diagnostics) {
        this.kernel = kernel;
        this.scope = scope;
        this.source = source;
        this.diagnostics = diagnostics;
        this.types = new JavaTypes(kernel.types());
        this.file = new ScriptClass(
                source.moduleName() + "_ko",
                false,
                types.info(DriverScript.class).type());
    }

    public KernelNames kernel() {
        return kernel;
    }

    public JavaTypes types() {
        return types;
    }

    /** The class of the file scope. */
    public ScriptClass file() {
        return file;
    }

    public Map<String, ScriptClass> structs() {
        return structs;
    }

    /** The name of a struct that the source declares inside of another: as in C, it is known by its own. */
    public String localName(String name) {
        int dot = name.lastIndexOf('.');
        boolean nested = dot > 0 && structs.containsKey(name.substring(0, dot));
        return nested ? name.substring(dot + 1) : name;
    }

    public Map<String, EnumType> enums() {
        return enums;
    }

    /** The enumerators, and the final variables whose values are constant. */
    public Map<String, Constant> constants() {
        return constants;
    }

    /** Declares a file-scope variable. */
    public void declare(Member variable, ASTNode at) {
        if (isFree(variable.name(), at)) {
            file.add(variable);
        }
    }

    /** Whether something at file scope may have that name; if not, that is reported. */
    public boolean isFree(String name, ASTNode at) {
        boolean taken =
                file.declaredMember(name) != null || !file.declaredMethods(name).isEmpty();
        boolean kernels = kernel.declares(name);
        if (taken || kernels) {
            String whose = kernels ? ", which the kernel declares" + kernel.header(name) : "";
            report(at, "redefinition of '" + name + "'" + whose);
        }
        return !taken && !kernels;
    }

    /** Leaves a check for when every function has been read. */
    public void later(Runnable check) {
        later.add(check);
    }

    /** Does what was left for later. */
    public void finish() {
        later.forEach(Runnable::run);
    }

    /** Notes where the reader of the script is. */
    public void at(ASTNode node) {
        if (node.getLineNumber() > 0) {
            place = node;
        }
    }

    /** Reports what is wrong with {@code at}; of a node that the parser made up, where the reader is. */
    public void report(ASTNode at, String message) {
        diagnostics.add(at.getLineNumber() > 0 || place == null ? at : place, message);
    }

    /** What the source writes there, up to the end of the line. */
    public String excerpt(ASTNode node) {
        List<String> lines = LINES.splitToList(source.text());
        int line = node.getLineNumber();
        if (line <= 0 || line > lines.size()) {
            return "";
        }
        String text = lines.get(line - 1);
        int end = node.getLastLineNumber() == line ? node.getLastColumnNumber() - 1 : text.length();
        int start = Math.min(Math.max(node.getColumnNumber() - 1, 0), text.length());
        return text.substring(start, Math.min(Math.max(end, start), text.length()));
    }

    /** Whether nothing has been reported yet. */
    public boolean isSound() {
        return diagnostics.isEmpty();
    }

    /** A Java class as a type. */
    public ClassType java(Class<?> javaClass) {
        return types.info(javaClass).type();
    }

    public ClassType string() {
        return java(String.class);
    }

    /** The struct, function pointer type or Java class of that name, or null. */
    @Nullable
    public ClassInfo type(String name) {
        ClassInfo own = structs.get(name);
        if (own != null) {
            return own;
        }
        Class<?> earlier = scope.type(name);
        if (earlier != null) {
            return types.info(earlier);
        }
        ClassInfo kernels = kernel.type(name);
        return kernels != null ? kernels : kernel.library(name);
    }

    /** The file-scope variable of that name, of this script or an earlier one, or null. */
    @Nullable
    public Member variable(String name) {
        Member own = file.declaredMember(name);
        if (own != null) {
            return own;
        }
        Field earlier = scope.variable(name);
        return earlier == null ? null : types.variable(earlier);
    }

    /** The functions of that name. */
    public List<Callable> functions(String name) {
        List<Callable> own = file.declaredMethods(name);
        if (!own.isEmpty()) {
            return own;
        }
        List<Callable> earlier = scope.function(name).stream()
                .map(types::function)
                .sorted(Callable.BY_FORM)
                .toList();
        return earlier.isEmpty() ? kernel.functions(name) : earlier;
    }

    /** The constant of that name, or null. */
    @Nullable
    public Constant constant(String name) {
        Constant own = constants.get(name);
        return own != null ? own : kernel.constant(name);
    }

    /** Every name that may stand for a value. */
    public Collection<String> valueNames() {
        List<String> names = new ArrayList<>(file.declaredMembers());
        names.addAll(file.declaredMethodNames());
        names.addAll(constants.keySet());
        names.addAll(scope.names());
        names.addAll(kernel.api().names());
        return names;
    }

    /** Every name that may stand for a type. */
    public Collection<String> typeNames() {
        List<String> names = new ArrayList<>(structs.keySet());
        names.addAll(enums.keySet());
        names.addAll(kernel.api().typeNames());
        names.addAll(IntegerType.names());
        names.addAll(LibraryTypes.names());
        return names;
    }

    /**
     * An enumeration: names for integers, as in C.
     *
     * @param constants the names and what they stand for
     */
    public record EnumType(String name, Type type, Map<String, Constant> constants) {}
}
