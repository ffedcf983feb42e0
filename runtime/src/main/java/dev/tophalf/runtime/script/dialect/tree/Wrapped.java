package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;

/** What a caller passed for an integer, brought into its range: the kernel's callers know the carrier only. */
public final class Wrapped extends Value {
    private final Value value;

    private Wrapped(IntegerType type, Value value) {
        super(type);
        this.value = value;
    }

    /** Whether a parameter of that type may arrive out of its range. */
    public static boolean isNeeded(IntegerType type) {
        return type.bits() < (type.isWide() ? 64 : 32) && type != IntegerType.BOOL;
    }

    /** The store that brings a parameter into its range. */
    public static Step parameter(Local local, int line) {
        Place place = Place.of(local);
        Value wrapped = new Wrapped((IntegerType) local.type(), new Read(place));
        return new Evaluate(new Store(place, wrapped, line), line);
    }

    @Override
    public void emit(Code code) {
        value.emit(code);
        Convert.wrap(code, (IntegerType) type());
    }
}
