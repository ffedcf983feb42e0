package dev.tophalf.runtime.script.dialect.names;

import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GenericsType;
import org.jspecify.annotations.Nullable;

/** Turns the names of types into types. Nothing but the index, the script's own and a few Java classes can be named. */
public final class TypeReader {
    private final Unit unit;
    private final List<TypeParameter> parameters;

    /** @param parameters the type parameters that can be named */
    public TypeReader(Unit unit, List<TypeParameter> parameters) {
        this.unit = unit;
        this.parameters = List.copyOf(parameters);
    }

    /** The type parameters that {@code written} declares, of {@code declaration}. */
    public static List<TypeParameter> parameters(GenericsType @Nullable [] written, Object declaration) {
        List<TypeParameter> parameters = new ArrayList<>();
        for (GenericsType each : written == null ? new GenericsType[0] : written) {
            parameters.add(new TypeParameter(declaration, Marks.unmark(each.getName())));
        }
        return parameters;
    }

    /** Whether the source writes no type at all, or {@code def}. */
    public static boolean isOmitted(ClassNode node) {
        return ClassHelper.isDynamicTyped(node);
    }

    /**
     * The type that {@code node} names; {@link SpecialType#UNKNOWN}, and a report, if there is none.
     *
     * @param at where to report it if the name itself has no place
     */
    public Type read(ClassNode node, ASTNode at) {
        ASTNode place = node.getLineNumber() > 0 ? node : at;
        if (node.isArray()) {
            Type element = read(node.getComponentType(), place);
            return element.isUnknown() || element.isVoid() ? SpecialType.UNKNOWN : new ArrayType(element);
        }
        String name = unit.localName(name(node));
        for (TypeParameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        Type simple = simple(name, place);
        if (simple != null) {
            return simple;
        }
        ClassInfo info = unit.type(name);
        if (info == null) {
            unit.report(place, unknown(name));
            return SpecialType.UNKNOWN;
        }
        return new ClassType(info, arguments(node, info, place));
    }

    private @Nullable Type simple(String name, ASTNode place) {
        if (name.equals("void")) {
            return SpecialType.VOID;
        }
        if (name.equals("float") || name.equals("double")) {
            unit.report(place, "no floating point in the kernel: '" + name + "'");
            return SpecialType.UNKNOWN;
        }
        Unit.EnumType enumType = unit.enums().get(name);
        if (enumType != null) {
            return enumType.type();
        }
        return unit.type(name) == null ? IntegerType.named(name) : null;
    }

    /** The name that the source writes. */
    public static String name(ClassNode node) {
        String name = Marks.unmark(node.getUnresolvedName());
        return name.startsWith("java.lang.") ? name.substring("java.lang.".length()) : name;
    }

    private List<Type> arguments(ClassNode node, ClassInfo info, ASTNode place) {
        GenericsType[] written = node.getGenericsTypes();
        if (written == null || written.length == 0) {
            return List.of();
        }
        if (written.length != info.typeParameters().size()) {
            unit.report(
                    place,
                    "'" + info.name() + "' takes " + info.typeParameters().size() + " type arguments");
            return List.of();
        }
        List<Type> arguments = new ArrayList<>();
        for (GenericsType argument : written) {
            arguments.add(argument.isWildcard() ? unit.types().object() : read(argument.getType(), place));
        }
        return arguments;
    }

    private String unknown(String name) {
        if (name.equals("HashMap") || name.equals("HashSet")) {
            return "unknown type name '" + name + "'; write 'Linked" + name + "', whose order is the same in every run";
        }
        if (name.equals("Closure")) {
            return "unknown type name 'Closure'; write 'def', or an interface with one function";
        }
        return "unknown type name '" + name + "'" + Spelling.hint(name, unit.typeNames());
    }
}
