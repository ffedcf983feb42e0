package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Target;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The function whose body is being compiled. */
public final class FunctionContext {
    private final String name;
    private final @Nullable ClassInfo self;
    private final Locals locals;
    private final Deque<Target> targets = new ArrayDeque<>();
    private @Nullable Type result;
    private int blocks;

    /**
     * @param name for messages and for the names of blocks in it
     * @param result what it returns; null for a block of code whose first {@code return} decides
     * @param self the struct whose method it is, or null for a function
     */
    public FunctionContext(String name, @Nullable Type result, @Nullable ClassInfo self, Locals locals) {
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

    Locals locals() {
        return locals;
    }

    /** What {@code break} and {@code continue} can name, the innermost first. */
    Deque<Target> targets() {
        return targets;
    }

    /** A name for the next block of code in this function. */
    String nextBlockName() {
        return name + "$block" + ++blocks;
    }
}
