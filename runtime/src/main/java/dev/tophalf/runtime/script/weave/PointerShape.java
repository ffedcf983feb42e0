package dev.tophalf.runtime.script.weave;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/**
 * What a function pointer is made of.
 *
 * @param type the internal name of the functional interface
 * @param method the name of its method
 * @param erased the type of that method
 * @param instantiated the type of that method once type parameters are known
 * @param site the type of the site: the variables that a lambda captures, which its body takes first, and the interface
 * @param target the function
 */
record PointerShape(String type, String method, Type erased, Type instantiated, Type site, Handle target) {

    /** What the site makes, or null if that is not a pointer to a static function. */
    static @Nullable PointerShape of(InvokeDynamicInsnNode site) {
        boolean metafactory = site.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                && site.bsm.getName().equals("metafactory");
        if (metafactory
                && site.bsmArgs[0] instanceof Type erased
                && site.bsmArgs[1] instanceof Handle target
                && site.bsmArgs[2] instanceof Type instantiated
                && target.getTag() == Opcodes.H_INVOKESTATIC) {
            String type = Type.getReturnType(site.desc).getInternalName();
            return new PointerShape(type, site.name, erased, instantiated, Type.getMethodType(site.desc), target);
        }
        return null;
    }

    /** A number that tells it from other pointers to a function of the same name, the same in every run. */
    int hash() {
        return Objects.hash(
                type,
                method,
                erased.getDescriptor(),
                instantiated.getDescriptor(),
                site.getDescriptor(),
                target.getOwner(),
                target.getDesc());
    }

    /** The types of the variables that the pointer carries. */
    Type[] captured() {
        return site.getArgumentTypes();
    }

    /** The name of the type as a driver writes it. */
    String typeName() {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }
}
