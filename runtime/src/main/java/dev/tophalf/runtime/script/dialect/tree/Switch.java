package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code switch} on an integer or a string; one group runs on into the next, as in C. */
public final class Switch extends Step {
    /**
     * The statements behind some labels.
     *
     * @param labels in the selector's type
     * @param isDefault whether they are what no label means
     */
    public record Group(List<Value> labels, boolean isDefault, Step body) {}

    private final Target target;
    private final Local selector;
    private final Value value;
    private final List<Group> groups;
    private final int line;

    /** @param value the selector: an {@code int}, a wide integer or a string */
    public Switch(Target target, Value value, List<Group> groups, int line) {
        this.target = target;
        this.selector = new Local("", value.type());
        this.value = value;
        this.groups = List.copyOf(groups);
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        int slot = code.nextSlot();
        target.begin(code);
        code.line(line);
        code.place(selector);
        value.emit(code);
        code.store(selector);
        Label[] entries = new Label[groups.size()];
        Label otherwise = target.endLabel();
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Label();
            otherwise = groups.get(i).isDefault() ? entries[i] : otherwise;
        }
        dispatch(code, entries, otherwise);
        for (int i = 0; i < entries.length; i++) {
            code.mark(entries[i]);
            groups.get(i).body().emit(code);
        }
        target.end(code);
        code.release(slot);
    }

    private void dispatch(Code code, Label[] entries, Label otherwise) {
        Map<Integer, Label> table = table(entries);
        if (table != null) {
            code.load(selector);
            int[] keys = table.keySet().stream().mapToInt(Integer::intValue).toArray();
            code.out().visitLookupSwitchInsn(otherwise, keys, table.values().toArray(Label[]::new));
            return;
        }
        for (int i = 0; i < entries.length; i++) {
            for (Value label : groups.get(i).labels()) {
                compare(code, label, entries[i]);
            }
        }
        code.jump(Opcodes.GOTO, otherwise);
    }

    /** The jump table, or null if the labels are no constants that fit one. */
    private @Nullable Map<Integer, Label> table(Label[] entries) {
        if (!selector.type().descriptor().equals("I")) {
            return null;
        }
        Map<Integer, Label> table = new TreeMap<>();
        for (int i = 0; i < entries.length; i++) {
            for (Value label : groups.get(i).labels()) {
                Long constant = label.constant();
                if (constant == null) {
                    return null;
                }
                table.putIfAbsent(constant.intValue(), entries[i]);
            }
        }
        return table;
    }

    private void compare(Code code, Value label, Label entry) {
        Value selected = new Read(Place.of(selector));
        if (selector.type() instanceof IntegerType) {
            Comparison.ofIntegers(Comparison.Operator.EQUAL, selected, label).branch(code, true, entry);
        } else {
            new TextEquals(selected, label).branch(code, true, entry);
        }
    }

    @Override
    public boolean completes() {
        boolean hasDefault = groups.stream().anyMatch(Group::isDefault);
        return target.isBroken()
                || !hasDefault
                || groups.get(groups.size() - 1).body().completes();
    }
}
