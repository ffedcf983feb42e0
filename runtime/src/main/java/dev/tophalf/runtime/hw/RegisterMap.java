package dev.tophalf.runtime.hw;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A peripheral's registers, 32 bits each, by offset in bytes. */
public final class RegisterMap {
    private final Map<Integer, Register> registers = new TreeMap<>();
    private long changes;

    private static final class Register {
        final String name;
        final int writable;
        final IntConsumer onWrite;
        int value;

        Register(String name, int reset, int writable, IntConsumer onWrite) {
            this.name = name;
            this.value = reset;
            this.writable = writable;
            this.onWrite = onWrite;
        }
    }

    /**
     * Adds a register.
     *
     * @param offset in bytes, a multiple of 4
     * @param name as the data sheet has it
     * @param reset its value after power-on
     * @param writable the bits that a write stores
     * @param onWrite called after a write from the bus, with the value written, all bits of it
     */
    public RegisterMap register(int offset, String name, int reset, int writable, IntConsumer onWrite) {
        registers.put(offset, new Register(name, reset, writable, onWrite));
        return this;
    }

    /** Whether there is a register at {@code offset}. */
    public boolean has(int offset) {
        return registers.containsKey(offset);
    }

    /** The register's value, without any effect of reading. */
    public int read(int offset) {
        return at(offset).value;
    }

    /** Changes a register from inside the peripheral. */
    public void set(int offset, int value) {
        Register register = at(offset);
        if (register.value != value) {
            register.value = value;
            changes++;
        }
    }

    /** A write from the bus. */
    public void write(int offset, int written) {
        Register register = at(offset);
        set(offset, (register.value & ~register.writable) | (written & register.writable));
        register.onWrite.accept(written);
    }

    /** How often a register has got another value: what an observer takes for progress. */
    public long changes() {
        return changes;
    }

    /** The names and values, for a person. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        registers.forEach((offset, register) -> text.append(String.format(
                Locale.ROOT, "%s0x%02x %s 0x%08x", text.isEmpty() ? "" : "\n", offset, register.name, register.value)));
        return text.toString();
    }

    private Register at(int offset) {
        @Nullable Register register = registers.get(offset);
        if (register == null) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "no register at 0x%02x", offset));
        }
        return register;
    }
}
