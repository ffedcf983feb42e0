package dev.tophalf.runtime.script.weave;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Calls a hook wherever control goes backwards: at jumps, and at handlers that stand before the end of what they protect.
 * No code runs for long without passing one of these or the entry of a method.
 */
final class Ticks {
    private final WovenMethod method;
    private final MethodNode node;
    private final Set<LabelNode> passed = new LinkedHashSet<>();
    private int line;

    private Ticks(WovenMethod method) {
        this.method = method;
        this.node = method.node();
    }

    static void weave(WovenMethod method) {
        Ticks ticks = new Ticks(method);
        ticks.backwardHandlers();
        ticks.backwardJumps();
    }

    private void backwardJumps() {
        for (AbstractInsnNode instruction : node.instructions.toArray()) {
            if (instruction instanceof LabelNode label) {
                passed.add(label);
            } else if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (goesBack(instruction)) {
                node.instructions.insertBefore(instruction, hook(method, "tick", line));
            }
        }
    }

    private boolean goesBack(AbstractInsnNode instruction) {
        if (instruction instanceof JumpInsnNode jump) {
            return passed.contains(jump.label);
        }
        if (instruction instanceof TableSwitchInsnNode table) {
            return passed.contains(table.dflt) || anyPassed(table.labels);
        }
        if (instruction instanceof LookupSwitchInsnNode lookup) {
            return passed.contains(lookup.dflt) || anyPassed(lookup.labels);
        }
        return false;
    }

    private boolean anyPassed(List<LabelNode> labels) {
        return labels.stream().anyMatch(passed::contains);
    }

    private void backwardHandlers() {
        Set<LabelNode> backward = new LinkedHashSet<>();
        for (TryCatchBlockNode block : node.tryCatchBlocks) {
            if (node.instructions.indexOf(block.handler) < node.instructions.indexOf(block.end)
                    && backward.add(block.handler)) {
                node.instructions.insert(block.handler, hook(method, "tick", 0));
            }
        }
    }

    private static InsnList hook(WovenMethod method, String name, int line) {
        InsnList code = new InsnList();
        code.add(WovenMethod.push(method.site(line)));
        code.add(method.hook(name, "(I)V"));
        return code;
    }
}
