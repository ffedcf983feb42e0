package dev.tophalf.runtime.script.weave;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Turns a value of one type into one of another as {@code java.lang.invoke.LambdaMetafactory} does between an
 * interface's method and the method behind it: by cast, boxing, unboxing and widening.
 */
final class Adaptation {
    private static final Map<String, Type> WRAPPED = ImmutableMap.of(
            "java/lang/Boolean", Type.BOOLEAN_TYPE,
            "java/lang/Byte", Type.BYTE_TYPE,
            "java/lang/Character", Type.CHAR_TYPE,
            "java/lang/Short", Type.SHORT_TYPE,
            "java/lang/Integer", Type.INT_TYPE,
            "java/lang/Long", Type.LONG_TYPE,
            "java/lang/Float", Type.FLOAT_TYPE,
            "java/lang/Double", Type.DOUBLE_TYPE);

    private Adaptation() {}

    /** Boxes the primitive value on top of the stack; leaves a reference as it is. */
    static void box(InsnList code, Type type) {
        if (isPrimitive(type)) {
            String wrapper = wrapper(type);
            String descriptor = Type.getMethodDescriptor(Type.getObjectType(wrapper), type);
            code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, wrapper, "valueOf", descriptor, false));
        }
    }

    /** Turns the value on top of the stack, or none for void, into one of type {@code to}. */
    static void adapt(InsnList code, Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        if (to.getSort() == Type.VOID) {
            code.add(new InsnNode(from.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        } else if (isPrimitive(to)) {
            widen(code, isPrimitive(from) ? from : unbox(code, from, to), to);
        } else if (isPrimitive(from)) {
            box(code, from);
        } else if (!to.getInternalName().equals("java/lang/Object")) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, to.getInternalName()));
        }
    }

    /** Unboxes as the wrapper that {@code from} is, or as that of {@code to} if it is none; returns what there is now. */
    private static Type unbox(InsnList code, Type from, Type to) {
        Type primitive = WRAPPED.getOrDefault(from.getInternalName(), to);
        String wrapper = wrapper(primitive);
        if (!wrapper.equals(from.getInternalName())) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, wrapper));
        }
        String name = primitive.getClassName() + "Value";
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, wrapper, name, "()" + primitive.getDescriptor(), false));
        return primitive;
    }

    private static void widen(InsnList code, Type from, Type to) {
        int target = to.getSort();
        boolean fromInt = from.getSort() <= Type.INT;
        if (fromInt && target == Type.LONG) {
            code.add(new InsnNode(Opcodes.I2L));
        } else if (fromInt && target == Type.FLOAT) {
            code.add(new InsnNode(Opcodes.I2F));
        } else if (fromInt && target == Type.DOUBLE) {
            code.add(new InsnNode(Opcodes.I2D));
        } else if (from.getSort() == Type.LONG && target == Type.FLOAT) {
            code.add(new InsnNode(Opcodes.L2F));
        } else if (from.getSort() == Type.LONG && target == Type.DOUBLE) {
            code.add(new InsnNode(Opcodes.L2D));
        } else if (from.getSort() == Type.FLOAT && target == Type.DOUBLE) {
            code.add(new InsnNode(Opcodes.F2D));
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() > Type.VOID && type.getSort() < Type.ARRAY;
    }

    private static String wrapper(Type primitive) {
        return switch (primitive.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> throw new IllegalStateException(primitive + " is not a primitive type");
        };
    }
}
