package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.kernel.ParameterType.InvalidValue;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A parameter that takes values with commas between them. */
final class ArrayParameter extends ModuleParameter {
    private final Field variable;
    private final @Nullable Field count;

    /**
     * @param variable holds the array
     * @param count is told how many values were given, or null
     */
    ArrayParameter(String name, ParameterType type, int mode, Field variable, @Nullable Field count) {
        super(name, type, mode);
        this.variable = variable;
        this.count = count;
    }

    private Object array() {
        Object array = read(variable);
        if (array == null) {
            throw DriverBug.nullPointer("the module parameter " + name());
        }
        return array;
    }

    @Override
    public String typeName() {
        return "array of " + type().word();
    }

    @Override
    public String show() {
        Object array = array();
        Field told = count;
        int length = told == null ? Array.getLength(array) : ((Number) numberIn(told)).intValue();
        StringJoiner values = new StringJoiner(",");
        for (int i = 0; i < Math.min(length, Array.getLength(array)); i++) {
            values.add(type().show(Array.get(array, i)));
        }
        return values.toString();
    }

    private static Object numberIn(Field told) {
        Object number = read(told);
        return number == null ? 0 : number;
    }

    @Override
    void set(@Nullable String text) throws InvalidValue {
        if (text == null) {
            throw new InvalidValue(Errno.EINVAL);
        }
        Object array = array();
        List<Object> given = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            if (given.size() == Array.getLength(array)) {
                Simulation.current().log(3, name() + ": can only take " + Array.getLength(array) + " arguments");
                throw new InvalidValue(Errno.EINVAL);
            }
            Object parsed = type().parse(value);
            store(array, given.size(), parsed);
            given.add(parsed);
            if (count != null) {
                write(count, count.getType() == long.class ? (Object) (long) given.size() : (Object) given.size());
            }
        }
    }

    private static void store(Object array, int index, Object value) {
        Class<?> element = array.getClass().getComponentType();
        if (element == byte.class) {
            Array.setByte(array, index, ((Number) value).byteValue());
        } else if (element == short.class) {
            Array.setShort(array, index, ((Number) value).shortValue());
        } else if (element == char.class) {
            Array.setChar(array, index, (char) ((Number) value).intValue());
        } else if (element == int.class) {
            Array.setInt(array, index, ((Number) value).intValue());
        } else {
            Array.set(array, index, value);
        }
    }
}
