package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.bytecode.ClassHierarchy;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** Writes a class with fresh stack map frames, for which no class is loaded that is not there already. */
final class FrameWriter extends ClassWriter {
    private final ClassHierarchy hierarchy;

    private FrameWriter(ClassHierarchy hierarchy) {
        super(COMPUTE_FRAMES);
        this.hierarchy = hierarchy;
    }

    static ClassBytes write(ClassNode node, ClassHierarchy hierarchy) {
        FrameWriter writer = new FrameWriter(hierarchy);
        node.accept(writer);
        return new ClassBytes(node.name.replace('/', '.'), writer.toByteArray());
    }

    @Override
    protected String getCommonSuperClass(String first, String second) {
        return hierarchy.commonSuperclass(first, second);
    }
}
