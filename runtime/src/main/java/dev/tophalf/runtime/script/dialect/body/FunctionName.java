package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Code;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import java.util.List;

/** A function's bare name, before it is known which function pointer type it is wanted as. */
public final class FunctionName extends Value {
    private final List<Callable> functions;

    public FunctionName(List<Callable> functions) {
        super(SpecialType.FUNCTION);
        this.functions = functions;
    }

    List<Callable> functions() {
        return functions;
    }

    String name() {
        return functions.get(0).name();
    }

    @Override
    public void emit(Code code) {
        throw new IllegalStateException("the function " + name() + " has no type here");
    }
}
