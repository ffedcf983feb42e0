package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;
import org.jspecify.annotations.Nullable;

/** A parameter or local variable of a function. */
public final class Local {
    private final String name;
    private final Type type;
    private final boolean isFinal;
    private final @Nullable Local origin;
    private int slot = -1;
    private int stores;
    private boolean captured;

    public Local(String name, Type type) {
        this(name, type, false);
    }

    /** @param isFinal whether nothing is stored to it after its declaration */
    public Local(String name, Type type, boolean isFinal) {
        this(name, type, isFinal, null);
    }

    private Local(String name, Type type, boolean isFinal, @Nullable Local origin) {
        this.name = name;
        this.type = type;
        this.isFinal = isFinal;
        this.origin = origin;
    }

    /** What this variable is called inside of a block of code. */
    public Local capture() {
        root().captured = true;
        return new Local(name, type, isFinal, root());
    }

    private Local root() {
        return origin == null ? this : origin;
    }

    /**
     * Whether a block of code uses the variable and something is stored to it. Such a variable lies in an array of one
     * element, which the function and its blocks share. It is known when all of them have been read.
     */
    boolean isShared() {
        return root().captured && root().stores > 0;
    }

    /** What lies in the variable's slot, as a JVM descriptor. */
    public String descriptor() {
        return isShared() ? "[" + type.descriptor() : type.descriptor();
    }

    int slots() {
        return isShared() ? 1 : type.slots();
    }

    /** How many slots a parameter takes as it is passed; what is captured is passed as it lies. */
    public int passedSlots() {
        return origin == null ? type.slots() : slots();
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public boolean isFinal() {
        return isFinal;
    }

    int slot() {
        if (slot < 0) {
            throw new IllegalStateException("variable " + name + " is used before its declaration is written");
        }
        return slot;
    }

    public void setSlot(int slot) {
        this.slot = slot;
    }

    /** Notes that something is stored to it after its declaration. */
    public void noteStore() {
        root().stores++;
    }
}
