package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code try}, {@code catch} and {@code finally}. The {@code finally} block is written once for each way out. */
public final class Try extends Step {
    /** A {@code catch} block and the variable that gets the exception. */
    public record Handler(Local exception, Step body) {}

    private final Step body;
    private final List<Handler> handlers;
    private final @Nullable Step finallyStep;
    private final Type throwable;

    public Try(Step body, List<Handler> handlers, @Nullable Step finallyStep, Type throwable) {
        this.body = body;
        this.handlers = List.copyOf(handlers);
        this.finallyStep = finallyStep;
        this.throwable = throwable;
    }

    @Override
    public void emit(Code code) {
        int slot = code.nextSlot();
        Label end = new Label();
        List<ProtectedRegion> regions = new ArrayList<>();
        ProtectedRegion guarded = new ProtectedRegion(finallyStep);
        regions.add(guarded);
        guarded.emit(code, () -> body.emit(code));
        leave(code, body, end);
        for (Handler handler : handlers) {
            regions.add(emitHandler(code, guarded, handler, end));
        }
        if (finallyStep != null) {
            emitCatchAll(code, regions, finallyStep);
        }
        code.mark(end);
        code.release(slot);
    }

    private ProtectedRegion emitHandler(Code code, ProtectedRegion guarded, Handler handler, Label end) {
        Label entry = new Label();
        code.mark(entry);
        code.place(handler.exception());
        code.define(handler.exception());
        ProtectedRegion region = new ProtectedRegion(finallyStep);
        region.emit(code, () -> handler.body().emit(code));
        leave(code, handler.body(), end);
        guarded.handle(code, entry, Code.internalName(handler.exception().type().descriptor()));
        return region;
    }

    private void leave(Code code, Step done, Label end) {
        if (!done.completes()) {
            return;
        }
        if (finallyStep != null) {
            finallyStep.emit(code);
        }
        code.jump(Opcodes.GOTO, end);
    }

    private void emitCatchAll(Code code, List<ProtectedRegion> regions, Step finallyStep) {
        Label entry = new Label();
        code.mark(entry);
        Local thrown = code.allocate(throwable);
        code.store(thrown);
        finallyStep.emit(code);
        if (finallyStep.completes()) {
            code.load(thrown);
            code.op(Opcodes.ATHROW);
        }
        for (ProtectedRegion region : regions) {
            region.handle(code, entry, null);
        }
    }

    @Override
    public boolean completes() {
        boolean some = body.completes()
                || handlers.stream().anyMatch(handler -> handler.body().completes());
        return some && (finallyStep == null || finallyStep.completes());
    }
}
