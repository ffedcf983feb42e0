package dev.tophalf.runtime.vfs;

/** Another name for a node. */
public final class Symlink extends Node {
    private final Node target;

    public Symlink(String name, Node target) {
        super(name);
        this.target = target;
    }

    /** What it stands for. */
    public Node target() {
        return target;
    }
}
