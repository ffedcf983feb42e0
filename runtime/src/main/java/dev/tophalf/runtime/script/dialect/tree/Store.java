package dev.tophalf.runtime.script.dialect.tree;

import org.jspecify.annotations.Nullable;

/** {@code a = b}; its value is what is stored. */
public final class Store extends Value {
    private final Place place;
    private final Value value;
    private final int line;

    /** @param value converted to the place's type */
    public Store(Place place, Value value, int line) {
        super(place.type());
        this.place = place;
        this.value = value;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        Local kept = code.allocate(type());
        write(code, kept);
        code.load(kept);
    }

    @Override
    public void emitAndDrop(Code code) {
        write(code, null);
    }

    private void write(Code code, @Nullable Local kept) {
        place.emitAddress(code);
        value.emit(code);
        if (kept != null) {
            code.store(kept);
            code.load(kept);
        }
        code.line(line);
        place.store(code);
    }
}
