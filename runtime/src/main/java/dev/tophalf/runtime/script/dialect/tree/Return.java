package dev.tophalf.runtime.script.dialect.tree;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** {@code return a}. */
public final class Return extends Step {
    private final @Nullable Value value;
    private final int line;

    /** @param value converted to the function's type; null if that is {@code void} */
    public Return(@Nullable Value value, int line) {
        this.value = value;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        code.line(line);
        if (value == null) {
            ProtectedRegion.leave(code, 0, () -> code.op(Opcodes.RETURN));
        } else if (code.regions().isEmpty()) {
            value.emit(code);
            code.returnValue(value.type());
        } else {
            Local kept = code.allocate(value.type());
            value.emit(code);
            code.store(kept);
            ProtectedRegion.leave(code, 0, () -> {
                code.load(kept);
                code.returnValue(kept.type());
            });
        }
    }

    @Override
    public boolean completes() {
        return false;
    }
}
