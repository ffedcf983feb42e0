package dev.tophalf.runtime.script.bytecode;

import dev.tophalf.runtime.script.ClassBytes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The classes of one script as trees. What the verifier judges and what the weaver writes are both read here, so they are
 * the same code.
 */
public final class ParsedScript {
    private static final String FILE_SCOPE = "dev/tophalf/runtime/script/DriverScript";

    private final Map<String, ClassNode> nodes;
    private final Set<String> fileScopes;

    private ParsedScript(Map<String, ClassNode> nodes, Set<String> fileScopes) {
        this.nodes = nodes;
        this.fileScopes = fileScopes;
    }

    /** Reads {@code classes}; a class that cannot be read is an {@link IllegalArgumentException}. */
    public static ParsedScript of(List<ClassBytes> classes) {
        Map<String, ClassNode> nodes = new LinkedHashMap<>();
        Set<String> fileScopes = new LinkedHashSet<>();
        for (ClassBytes bytes : classes) {
            ClassNode node = read(bytes);
            if (FILE_SCOPE.equals(node.superName)) {
                fileScopes.add(node.name);
            }
            if (nodes.put(node.name, node) != null) {
                throw new IllegalArgumentException("class " + node.name + " is there twice");
            }
        }
        return new ParsedScript(nodes, fileScopes);
    }

    private static ClassNode read(ClassBytes bytes) {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(bytes.bytes()).accept(node, ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("class " + bytes.name() + " cannot be read: " + e, e);
        }
        if (!node.name.equals(bytes.name().replace('.', '/'))) {
            throw new IllegalArgumentException("class " + bytes.name() + " calls itself " + node.name);
        }
        if (node.superName == null) {
            throw new IllegalArgumentException("class " + bytes.name() + " has no superclass");
        }
        return node;
    }

    /** Every class, in the compiler's order. */
    public Collection<ClassNode> classes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /** The class with that internal name, or null if it is not one of this script's. */
    public @Nullable ClassNode find(String internalName) {
        return nodes.get(internalName);
    }

    /** Whether the class of that internal name holds the file's functions and top-level code. */
    public boolean isFileScope(String internalName) {
        return fileScopes.contains(internalName);
    }

    /** Whether a class of that internal name belongs to this script. */
    public boolean contains(String internalName) {
        return nodes.containsKey(internalName);
    }
}
