package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A function as a value: a pointer to it, with the variables that a block of code captured. */
public final class FunctionPointerLiteral extends Value {
    private static final String FACTORY_TYPE = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
            + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";
    private static final Handle FACTORY = new Handle(
            Opcodes.H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory", FACTORY_TYPE, false);

    private final Supplier<Callable> function;
    private final Callable pointer;
    private final List<Local> captured;
    private final int line;

    /**
     * @param type the function pointer type
     * @param function the function, which takes the captured variables first; asked for when code is written
     */
    public FunctionPointerLiteral(ClassType type, Supplier<Callable> function, List<Local> captured, int line) {
        super(type);
        this.function = function;
        this.pointer = Objects.requireNonNull(type.info().function());
        this.captured = List.copyOf(captured);
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        captured.forEach(code::load);
        code.line(line);
        String site = captured.stream().map(Local::descriptor).collect(Collectors.joining("", "(", ")"))
                + type().descriptor();
        Callable meant = function.get();
        Handle target = new Handle(
                Opcodes.H_INVOKESTATIC,
                meant.owner().internalName(),
                meant.name(),
                meant.descriptor(),
                meant.owner().isInterface());
        Type erased = Type.getMethodType(pointer.descriptor());
        code.invokeDynamic(pointer.name(), site, FACTORY, erased, target, Type.getMethodType(instantiated(meant)));
    }

    /** The function's own type without what it captured, which is the pointer's where type parameters are known. */
    private String instantiated(Callable meant) {
        String parameters = meant.parameters().stream()
                .skip(captured.size())
                .map(Callable.Parameter::storage)
                .collect(Collectors.joining("", "(", ")"));
        return boxedLike(parameters + meant.storage());
    }

    /** Boxes the primitives of {@code descriptor} where the erased pointer has references. */
    private String boxedLike(String descriptor) {
        Type[] erased = Type.getArgumentTypes(pointer.descriptor());
        Type[] own = Type.getArgumentTypes(descriptor);
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < own.length; i++) {
            text.append(boxedLike(own[i], erased[i]));
        }
        return text.append(')')
                .append(boxedLike(Type.getReturnType(descriptor), Type.getReturnType(pointer.descriptor())))
                .toString();
    }

    private static String boxedLike(Type own, Type erased) {
        boolean boxed = own.getSort() < Type.ARRAY && own.getSort() != Type.VOID && erased.getSort() >= Type.ARRAY;
        if (erased.getSort() == Type.VOID) {
            return "V";
        }
        return boxed ? "L" + box(own) + ";" : own.getDescriptor();
    }

    private static String box(Type primitive) {
        return switch (primitive.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.CHAR -> "java/lang/Character";
            case Type.INT -> "java/lang/Integer";
            default -> "java/lang/Long";
        };
    }
}
