package dev.tophalf.runtime.script.dialect.tree;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code a += b} or {@code a++}: reads a place, computes, and stores to the same place. */
public final class Update extends Value {
    private final Place place;
    private final Local current;
    private final Value changed;
    private final boolean yieldsOld;
    private final int line;

    /**
     * @param change makes the new value, of the place's type, of the current one
     * @param yieldsOld whether the expression's value is the one before, as that of {@code a++} is
     */
    public Update(Place place, UnaryOperator<Value> change, boolean yieldsOld, int line) {
        super(place.type());
        this.place = place;
        this.current = new Local("", place.type());
        this.changed = change.apply(new Read(Place.of(current)));
        this.yieldsOld = yieldsOld;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        Local kept = yieldsOld ? null : code.allocate(type());
        write(code, kept);
        code.load(kept == null ? current : kept);
    }

    @Override
    public void emitAndDrop(Code code) {
        write(code, null);
    }

    private void write(Code code, @Nullable Local kept) {
        code.place(current);
        place.emitAddress(code);
        place.duplicateAddress(code);
        place.load(code);
        code.store(current);
        changed.emit(code);
        if (kept != null) {
            code.store(kept);
            code.load(kept);
        }
        code.line(line);
        place.store(code);
    }
}
