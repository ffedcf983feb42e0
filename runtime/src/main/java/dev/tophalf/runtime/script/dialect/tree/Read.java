package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;

/** The value of a place. */
public final class Read extends Value {
    private final Place place;

    public Read(Place place) {
        super(place.type());
        this.place = place;
    }

    private Read(Type type, Place place) {
        super(type);
        this.place = place;
    }

    /** The value of a place that is known to be of a narrower type there. */
    public static Value narrowed(Place place, Type type) {
        return type.equals(place.type()) ? new Read(place) : new Read(type, place);
    }

    @Override
    public void emit(Code code) {
        place.emitAddress(code);
        place.load(code);
        if (type() != place.type()) {
            code.checkCast(type().descriptor());
        }
    }
}
