package dev.tophalf.runtime.vfs;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder: nodes by name, in alphabetical order. */
public final class Directory extends Node {
    private final Map<String, Node> children = new TreeMap<>();

    public Directory(String name) {
        super(name);
    }

    /** Adds a node; false if the name is taken. */
    public boolean add(Node node) {
        if (children.putIfAbsent(node.name(), node) != null) {
            return false;
        }
        node.setParent(this);
        return true;
    }

    /** Takes a node away, and what is below it. */
    public void remove(Node node) {
        children.remove(node.name(), node);
    }

    /** The node of that name, or null. */
    public @Nullable Node child(String name) {
        return children.get(name);
    }

    /** The folder of that name, made if there is none. */
    public Directory directory(String name) {
        Node node = children.get(name);
        if (node instanceof Directory directory) {
            return directory;
        }
        Directory made = new Directory(name);
        add(made);
        return made;
    }

    /** What is in the folder, by name. */
    public Collection<Node> children() {
        return Collections.unmodifiableCollection(children.values());
    }
}
