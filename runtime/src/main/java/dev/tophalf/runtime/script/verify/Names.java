package dev.tophalf.runtime.script.verify;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/** Names of classes and members as a person reads them. */
final class Names {
    private Names() {}

    /** {@code java.util.Map.Entry} for {@code java/util/Map$Entry}; a struct of the kernel by its name in C. */
    static String readable(String internalName) {
        String name = internalName.startsWith("[") ? Type.getType(internalName).getClassName() : internalName;
        String simple = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
        boolean kernels = name.startsWith("dev/tophalf/") && !Character.isUpperCase(simple.charAt(0));
        return kernels ? simple : name.replace('/', '.').replace('$', '.');
    }

    /** {@code java.lang.Runtime.exit()}. */
    static String member(String owner, String name, boolean method) {
        String readable = readable(owner);
        return name.equals("<init>") ? "new " + readable + "()" : readable + "." + name + (method ? "()" : "");
    }

    /** The element types that a type is made of. */
    static List<Type> parts(Type type) {
        List<Type> parts = new ArrayList<>();
        if (type.getSort() == Type.METHOD) {
            parts.addAll(parts(type.getReturnType()));
            for (Type argument : type.getArgumentTypes()) {
                parts.addAll(parts(argument));
            }
        } else {
            parts.add(type.getSort() == Type.ARRAY ? type.getElementType() : type);
        }
        return parts;
    }
}
