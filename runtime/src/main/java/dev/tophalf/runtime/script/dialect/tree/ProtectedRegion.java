package dev.tophalf.runtime.script.dialect.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Code that an exception handler guards. It has gaps: where {@code return}, {@code break} or {@code continue} leave it,
 * the {@code finally} block that they pass is written in between and does not guard itself.
 */
final class ProtectedRegion {
    private final @Nullable Step finallyStep;
    private final List<Label[]> ranges = new ArrayList<>();
    private Label start = new Label();

    ProtectedRegion(@Nullable Step finallyStep) {
        this.finallyStep = finallyStep;
    }

    /** Writes {@code body} as the guarded code. */
    void emit(Code code, Runnable body) {
        code.regions().push(this);
        open(code);
        body.run();
        close(code);
        code.regions().pop();
    }

    private void open(Code code) {
        start = new Label();
        code.mark(start);
        code.op(Opcodes.NOP); // an empty range is not allowed
    }

    private void close(Code code) {
        Label end = new Label();
        code.mark(end);
        ranges.add(new Label[] {start, end});
    }

    /** Sends what is thrown in here, of the class {@code type} or any if that is null, to {@code handler}. */
    void handle(Code code, Label handler, @Nullable String type) {
        for (Label[] range : ranges) {
            code.handler(range[0], range[1], handler, type);
        }
    }

    /** Writes the way out of all regions but the outermost {@code depth}, and then {@code exit}. */
    static void leave(Code code, int depth, Runnable exit) {
        List<ProtectedRegion> left = new ArrayList<>();
        while (code.regions().size() > depth) {
            ProtectedRegion region = code.regions().pop();
            left.add(region);
            region.close(code);
            if (region.finallyStep != null) {
                region.finallyStep.emit(code);
            }
        }
        exit.run();
        for (int i = left.size() - 1; i >= 0; i--) {
            code.regions().push(left.get(i));
            left.get(i).open(code);
        }
    }
}
