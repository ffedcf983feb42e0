package dev.tophalf.linux;

import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.KernelStruct;

/** {@code linux/types.h}: room for integers that a function hands over through a pointer. */
public final class Types {
    private Types() {}

    /** An integer with a width, for functions that take any of them. */
    public abstract static class IntegerBox extends KernelStruct {
        /** How many bytes its type has. */
        abstract int bytes();

        /** The value, of which the lowest {@link #bytes} bytes count. */
        abstract long get();

        /** Stores what those bytes hold. */
        abstract void set(long raw);

        /** Stores {@code number} in {@code v} if this is what is there, else takes what is there; whether it stored. */
        final boolean exchangeIn(AtomicCell v, long number) {
            long before = v.compareAndExchange(get(), number);
            boolean stored = before == get();
            set(before);
            return stored;
        }
    }

    /** Room for a {@code u8}. */
    @KernelType(header = "linux/types.h")
    public static final class u8_box extends IntegerBox {
        /** The number. */
        @CType("u8")
        public int value;

        @Override
        int bytes() {
            return 1;
        }

        @Override
        long get() {
            return value;
        }

        @Override
        void set(long raw) {
            value = (int) (raw & 0xff);
        }
    }

    /** Room for a {@code u16}. */
    @KernelType(header = "linux/types.h")
    public static final class u16_box extends IntegerBox {
        /** The number. */
        @CType("u16")
        public int value;

        @Override
        int bytes() {
            return 2;
        }

        @Override
        long get() {
            return value;
        }

        @Override
        void set(long raw) {
            value = (int) (raw & 0xffff);
        }
    }

    /** Room for a {@code u32}. */
    @KernelType(header = "linux/types.h")
    public static final class u32_box extends IntegerBox {
        /** The number. */
        @CType("u32")
        public long value;

        @Override
        int bytes() {
            return 4;
        }

        @Override
        long get() {
            return value;
        }

        @Override
        void set(long raw) {
            value = raw & 0xffff_ffffL;
        }
    }

    /** Room for a {@code u64}. */
    @KernelType(header = "linux/types.h")
    public static final class u64_box extends IntegerBox {
        /** The number. */
        @CType("u64")
        public long value;

        @Override
        int bytes() {
            return 8;
        }

        @Override
        long get() {
            return value;
        }

        @Override
        void set(long raw) {
            value = raw;
        }
    }

    /** Room for a {@code long}. */
    @KernelType(header = "linux/types.h")
    public static final class long_box extends IntegerBox {
        /** The number. */
        public long value;

        @Override
        int bytes() {
            return 8;
        }

        @Override
        long get() {
            return value;
        }

        @Override
        void set(long raw) {
            value = raw;
        }
    }
}
