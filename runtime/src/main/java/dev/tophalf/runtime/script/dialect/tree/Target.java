package dev.tophalf.runtime.script.dialect.tree;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A statement that {@code break} and {@code continue} can name. */
public final class Target {
    /** What it is. */
    public enum Kind {
        LOOP,
        SWITCH,
        /** A block with a label, which only a {@code break} with that label leaves. */
        BLOCK
    }

    private final @Nullable String name;
    private final Kind kind;
    private boolean broken;
    private boolean continued;
    private Label end = new Label();
    private Label next = new Label();
    private int depth;

    /** @param name its label, or null */
    public Target(@Nullable String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    public @Nullable String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a {@code break} leaves it. */
    boolean isBroken() {
        return broken;
    }

    /** Whether a {@code continue} goes on with it. */
    boolean isContinued() {
        return continued;
    }

    /** Its code begins here; {@code finally} makes that happen more than once. */
    void begin(Code code) {
        end = new Label();
        next = new Label();
        depth = code.regions().size();
    }

    /** What {@code break} goes to is here. */
    void end(Code code) {
        code.mark(end);
    }

    /** What {@code continue} goes to is here. */
    void next(Code code) {
        code.mark(next);
    }

    Label endLabel() {
        return end;
    }

    /** The statement that leaves it, or goes on with it. */
    public Step jump(boolean isContinue, int line) {
        if (isContinue) {
            continued = true;
        } else {
            broken = true;
        }
        return new Jump(isContinue, line);
    }

    private final class Jump extends Step {
        private final boolean isContinue;
        private final int line;

        Jump(boolean isContinue, int line) {
            this.isContinue = isContinue;
            this.line = line;
        }

        @Override
        public void emit(Code code) {
            code.line(line);
            ProtectedRegion.leave(code, depth, () -> code.jump(Opcodes.GOTO, isContinue ? next : end));
        }

        @Override
        public boolean completes() {
            return false;
        }
    }
}
