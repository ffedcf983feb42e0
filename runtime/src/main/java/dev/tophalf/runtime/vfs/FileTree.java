package dev.tophalf.runtime.vfs;

import org.jspecify.annotations.Nullable;

/** The files of a machine, from the root. */
public final class FileTree {
    private static final int MOST_LINKS = 40;

    private final Directory root = new Directory("");

    public Directory root() {
        return root;
    }

    /** The folder at a path such as {@code /sys/devices}, made if it is missing. */
    public Directory directory(String path) {
        Directory directory = root;
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                directory = directory.directory(name);
            }
        }
        return directory;
    }

    /** The node at an absolute path, links followed, or null. */
    public @Nullable Node find(String path) {
        return find(root, path, 0);
    }

    private static @Nullable Node find(Directory start, String path, int links) {
        Node node = start;
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!(node instanceof Directory directory)) {
                return null;
            }
            Directory parent = directory.parent();
            node = name.equals("..") ? (parent == null ? directory : parent) : directory.child(name);
            for (int followed = links; node instanceof Symlink link; followed++) {
                if (followed >= MOST_LINKS) {
                    return null;
                }
                node = link.target();
            }
            if (node == null) {
                return null;
            }
        }
        return node;
    }
}
