package dev.tophalf.runtime.vfs;

import org.jspecify.annotations.Nullable;

/** Something with a name in a tree of files. */
public abstract class Node {
    private final String name;
    private @Nullable Directory parent;

    protected Node(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /** The folder that it is in, or null for a root. */
    public final @Nullable Directory parent() {
        return parent;
    }

    final void setParent(Directory newParent) {
        parent = newParent;
    }

    /** Takes it out of its folder. */
    public final void detach() {
        if (parent != null) {
            parent.remove(this);
        }
    }

    /** The path from the root. */
    public final String path() {
        return parent == null ? name : parent.path() + "/" + name;
    }
}
