package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Target;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The function whose body is being compiled. */
public final class FunctionContext {
    private final String name;
    private final @Nullable ClassInfo self;
    private final Locals locals;
    private final List<TypeParameter> typeParameters;
    private final Deque<Target> targets = new ArrayDeque<>();
    private @Nullable Type result;
    private int blocks;

    /**
     * @param name as in the class file; {@link #words()} is for messages
     * @param result what it returns; null for a block of code whose first {@code return} decides
     * @param self the struct whose method it is, or null for a function
     */
    public FunctionContext(String name, @Nullable Type result, @Nullable ClassInfo self, Locals locals) {
        this(name, result, self, locals, self == null ? List.of() : self.typeParameters());
    }

    /** @param typeParameters those that can be named in it */
    public FunctionContext(
            String name,
            @Nullable Type result,
            @Nullable ClassInfo self,
            Locals locals,
            List<TypeParameter> typeParameters) {
        this.typeParameters = List.copyOf(typeParameters);
        this.name = name;
        this.result = result;
        this.self = self;
        this.locals = locals;
    }

    String name() {
        return name;
    }

    @Nullable
    Type result() {
        return result;
    }

    void setResult(Type type) {
        result = type;
    }

    @Nullable
    ClassInfo self() {
        return self;
    }

    List<TypeParameter> typeParameters() {
        return typeParameters;
    }

    Locals locals() {
        return locals;
    }

    /** What {@code break} and {@code continue} can name, the innermost first. */
    Deque<Target> targets() {
        return targets;
    }

    /** The function in messages: a block of code by the function that it is in. */
    String words() {
        int end = name.indexOf('$');
        String function = end < 0 ? name : name.substring(0, end);
        String words = function.equals("run") ? "the top level" : "'" + function + "'";
        return end < 0 ? words : "a block of code in " + words;
    }

    /** A name for the next block of code in this function. */
    String nextBlockName() {
        return name + "$block" + ++blocks;
    }
}
