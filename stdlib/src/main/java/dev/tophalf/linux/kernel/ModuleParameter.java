package dev.tophalf.linux.kernel;

import dev.tophalf.linux.kernel.ParameterType.InvalidValue;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** A parameter of a module: a file-scope variable of its script, or an array, that people may set. */
public abstract class ModuleParameter {
    private final String name;
    private final ParameterType type;
    private final int mode;

    ModuleParameter(String name, ParameterType type, int mode) {
        this.name = name;
        this.type = type;
        this.mode = mode;
    }

    public final String name() {
        return name;
    }

    public final ParameterType type() {
        return type;
    }

    /** The permissions of its file, or 0 for none. */
    public final int mode() {
        return mode;
    }

    /** What the type is called, for people. */
    public abstract String typeName();

    /** The value as text. */
    public abstract String show();

    /** Gives it a value; null is the name alone, without {@code =}. */
    abstract void set(@Nullable String text) throws InvalidValue;

    /** The content of a file-scope variable. */
    static @Nullable Object read(Field variable) {
        try {
            return variable.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the variable " + variable + " cannot be read", e);
        }
    }

    static void write(Field variable, Object value) {
        try {
            variable.set(null, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the variable " + variable + " cannot be written", e);
        }
    }

    /** One variable. */
    static final class Single extends ModuleParameter {
        private final Field variable;

        Single(String name, ParameterType type, int mode, Field variable) {
            super(name, type, mode);
            this.variable = variable;
        }

        @Override
        public String typeName() {
            return type().word();
        }

        @Override
        public String show() {
            return type().show(read(variable));
        }

        @Override
        void set(@Nullable String text) throws InvalidValue {
            write(variable, type().parse(text));
        }
    }
}
