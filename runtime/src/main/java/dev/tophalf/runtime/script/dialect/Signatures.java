package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says of type arguments, by which a later script knows that a variable is a list of numbers (JVM
 * specification, 4.7.9.1). Null where descriptors say it all.
 */
final class Signatures {
    private static final String OBJECT = "Ljava/lang/Object;";

    private Signatures() {}

    static @Nullable String of(ScriptClass written) {
        ClassType superclass = written.superclass();
        boolean generic = !written.typeParameters().isEmpty()
                || (superclass != null && !superclass.arguments().isEmpty());
        if (!generic) {
            return null;
        }
        String parameters = written.typeParameters().stream()
                .map(parameter -> parameter.name() + ":" + OBJECT)
                .collect(Collectors.joining());
        return (parameters.isEmpty() ? "" : "<" + parameters + ">") + (superclass == null ? OBJECT : text(superclass));
    }

    static @Nullable String of(Member member) {
        return isGeneric(member.type()) ? text(member.type()) : null;
    }

    /** That of a function, unless it has type parameters of its own: a later script sees these erased. */
    static @Nullable String of(Callable function) {
        List<Type> types = Stream.concat(
                        function.parameters().stream().map(Callable.Parameter::type), Stream.of(function.result()))
                .toList();
        boolean own = types.stream().anyMatch(type -> !isDeclared(type, function));
        if (own || types.stream().noneMatch(Signatures::isGeneric)) {
            return null;
        }
        String parameters = function.parameters().stream()
                .map(parameter -> isGeneric(parameter.type()) ? text(parameter.type()) : parameter.storage())
                .collect(Collectors.joining());
        return "(" + parameters + ")" + (isGeneric(function.result()) ? text(function.result()) : function.storage());
    }

    private static boolean isDeclared(Type type, Callable function) {
        if (type instanceof TypeParameter parameter) {
            return !function.isStatic() && function.owner().typeParameters().contains(parameter);
        }
        if (type instanceof ArrayType array) {
            return isDeclared(array.element(), function);
        }
        return !(type instanceof ClassType struct)
                || struct.arguments().stream().allMatch(argument -> isDeclared(argument, function));
    }

    private static boolean isGeneric(Type type) {
        if (type instanceof ArrayType array) {
            return isGeneric(array.element());
        }
        return type instanceof TypeParameter
                || (type instanceof ClassType struct && !struct.arguments().isEmpty());
    }

    private static String text(Type type) {
        if (type instanceof TypeParameter parameter) {
            return "T" + parameter.name() + ";";
        }
        if (type instanceof ArrayType array) {
            return isGeneric(array) ? "[" + text(array.element()) : array.descriptor();
        }
        if (type instanceof IntegerType integer) {
            return "L" + integer.box() + ";";
        }
        if (type instanceof ClassType struct && !struct.arguments().isEmpty()) {
            String arguments = struct.arguments().stream().map(Signatures::text).collect(Collectors.joining());
            return "L" + struct.info().internalName() + "<" + arguments + ">;";
        }
        return type.descriptor();
    }
}
