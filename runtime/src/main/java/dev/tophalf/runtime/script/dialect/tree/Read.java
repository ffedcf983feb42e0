package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;

/** The value of a place. */
public final class Read extends Value {
    private final Place place;
    private final int line;

    public Read(Place place) {
        this(place, 0);
    }

    /** @param line where the source reads it, 0 if that is where what is around it stands */
    public Read(Place place, int line) {
        this(place.type(), place, line);
    }

    private Read(Type type, Place place, int line) {
        super(type);
        this.place = place;
        this.line = line;
    }

    /** The value of a place that is known to be of a narrower type there. */
    public static Value narrowed(Place place, Type type) {
        return type.equals(place.type()) ? new Read(place) : new Read(type, place, 0);
    }

    @Override
    public void emit(Code code) {
        place.emitAddress(code);
        code.line(line);
        place.load(code);
        if (type() != place.type()) {
            code.checkCast(type().descriptor());
        }
    }
}
