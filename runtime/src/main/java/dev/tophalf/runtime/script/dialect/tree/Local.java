package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;

/** A parameter or local variable of a function. */
public final class Local {
    private final String name;
    private final Type type;
    private final boolean isFinal;
    private int slot = -1;
    private int stores;

    public Local(String name, Type type) {
        this(name, type, false);
    }

    /** @param isFinal whether nothing is stored to it after its declaration */
    public Local(String name, Type type, boolean isFinal) {
        this.name = name;
        this.type = type;
        this.isFinal = isFinal;
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
        stores++;
    }

    /** How many places store to it after its declaration. */
    public int stores() {
        return stores;
    }
}
