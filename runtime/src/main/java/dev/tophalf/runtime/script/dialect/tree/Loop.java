package dev.tophalf.runtime.script.dialect.tree;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code while}, {@code do} and {@code for}. */
public final class Loop extends Step {
    private final Target target;
    private final Value condition;
    private final Step body;
    private final List<Step> update;
    private final boolean bodyFirst;
    private final int line;

    /**
     * @param condition a {@code bool}
     * @param update what {@code for} does after each round
     * @param bodyFirst whether the first round asks no condition, as with {@code do}
     */
    public Loop(Target target, Value condition, Step body, List<Step> update, boolean bodyFirst, int line) {
        this.target = target;
        this.condition = condition;
        this.body = body;
        this.update = List.copyOf(update);
        this.bodyFirst = bodyFirst;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        target.begin(code);
        Label top = new Label();
        code.mark(top);
        int slot = code.nextSlot();
        if (!bodyFirst) {
            code.line(line);
            condition.branch(code, false, target.endLabel());
            code.release(slot);
        }
        body.emit(code);
        target.next(code);
        for (Step step : update) {
            step.emit(code);
        }
        if (bodyFirst) {
            condition.branch(code, true, top);
            code.release(slot);
        } else {
            code.line(line);
            code.jump(Opcodes.GOTO, top);
        }
        target.end(code);
    }

    @Override
    public boolean completes() {
        Long constant = condition.constant();
        if (target.isBroken()) {
            return true;
        }
        boolean endless = constant != null && constant != 0;
        boolean asked = !bodyFirst || body.completes() || target.isContinued();
        return asked && !endless;
    }
}
