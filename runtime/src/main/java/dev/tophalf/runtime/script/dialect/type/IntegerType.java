package dev.tophalf.runtime.script.dialect.type;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * C's integer types. Up to 32 bits, but for {@code u32}, they are carried in a Java {@code int}, the others in a
 * {@code long}; a value is kept within its width wherever it is stored, so a carrier never shows.
 */
public enum IntegerType implements Type {
    BOOL("bool", 1, false, 'Z', 'Z'),
    S8("s8", 8, true, 'I', 'B'),
    U8("u8", 8, false, 'I', 'B'),
    S16("s16", 16, true, 'I', 'S'),
    U16("u16", 16, false, 'I', 'C'),
    S32("int", 32, true, 'I', 'I'),
    U32("u32", 32, false, 'J', 'I'),
    S64("long", 64, true, 'J', 'J'),
    U64("u64", 64, false, 'J', 'J');

    private static final Map<String, IntegerType> BY_NAME = new TreeMap<>();

    static {
        name(BOOL, "bool", "boolean");
        name(S8, "s8", "__s8", "int8_t");
        name(U8, "u8", "__u8", "uint8_t", "char", "byte");
        name(S16, "s16", "__s16", "int16_t", "short");
        name(U16, "u16", "__u16", "uint16_t", "umode_t");
        name(
                S32,
                "int",
                "s32",
                "__s32",
                "int32_t",
                "gfp_t",
                "irqreturn_t",
                "pid_t",
                "clockid_t",
                "hrtimer_restart",
                "hrtimer_mode");
        name(U32, "u32", "__u32", "uint32_t", "uint", "dev_t", "__poll_t");
        name(S64, "long", "s64", "__s64", "int64_t", "ssize_t", "loff_t", "ktime_t", "time64_t");
        name(
                U64,
                "u64",
                "__u64",
                "uint64_t",
                "ulong",
                "size_t",
                "dma_addr_t",
                "phys_addr_t",
                "resource_size_t",
                "sector_t");
    }

    private final String words;
    private final int bits;
    private final boolean signed;
    private final String descriptor;
    private final String storage;

    IntegerType(String words, int bits, boolean signed, char carrier, char storage) {
        this.words = words;
        this.bits = bits;
        this.signed = signed;
        this.descriptor = String.valueOf(carrier);
        this.storage = String.valueOf(storage);
    }

    private static void name(IntegerType type, String... names) {
        for (String name : names) {
            BY_NAME.put(name, type);
        }
    }

    /** The type of that name, or null. */
    public static @Nullable IntegerType named(String name) {
        return BY_NAME.get(name);
    }

    /** Every name of an integer type. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The type of a Java primitive, or null for the ones that a kernel does not have. */
    public static @Nullable IntegerType of(Class<?> primitive) {
        return ofDescriptor(primitive.descriptorString());
    }

    private static @Nullable IntegerType ofDescriptor(String descriptor) {
        return switch (descriptor) {
            case "Z" -> BOOL;
            case "B" -> S8;
            case "S" -> S16;
            case "C" -> U16;
            case "I" -> S32;
            case "J" -> S64;
            default -> null;
        };
    }

    /** The type that a boxed Java number holds, or null. */
    public static @Nullable IntegerType unboxed(String internalName) {
        return switch (internalName) {
            case "java/lang/Boolean" -> BOOL;
            case "java/lang/Byte" -> S8;
            case "java/lang/Short" -> S16;
            case "java/lang/Character" -> U16;
            case "java/lang/Integer" -> S32;
            case "java/lang/Long" -> S64;
            default -> null;
        };
    }

    /** The internal name of the class that boxes a value. */
    public String box() {
        return switch (descriptor) {
            case "Z" -> "java/lang/Boolean";
            case "I" -> "java/lang/Integer";
            default -> "java/lang/Long";
        };
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public String descriptor() {
        return descriptor;
    }

    @Override
    public int slots() {
        return isWide() ? 2 : 1;
    }

    /** How an element of an array of this type is stored, as a JVM descriptor. */
    public String storage() {
        return storage;
    }

    public int bits() {
        return bits;
    }

    public boolean isSigned() {
        return signed;
    }

    /** Whether values are carried in a {@code long}. */
    public boolean isWide() {
        return descriptor.equals("J");
    }

    /** C's integer promotion: narrower ones become {@code int}. */
    public IntegerType promoted() {
        return bits < 32 ? S32 : this;
    }

    /** C's usual arithmetic conversions: the type that both operands take and that the result has. */
    public static IntegerType common(IntegerType left, IntegerType right) {
        IntegerType a = left.promoted();
        IntegerType b = right.promoted();
        if (a.bits != b.bits) {
            return a.bits > b.bits ? a : b;
        }
        return a.signed ? b : a;
    }

    /** What {@code value} becomes when it is stored in this type. */
    public long wrap(long value) {
        return switch (this) {
            case BOOL -> value == 0 ? 0 : 1;
            case S8 -> (byte) value;
            case U8 -> value & 0xff;
            case S16 -> (short) value;
            case U16 -> value & 0xffff;
            case S32 -> (int) value;
            case U32 -> value & 0xffff_ffffL;
            case S64, U64 -> value;
        };
    }

    /** Whether every value of {@code other} is a value of this type too, carried alike or not. */
    public boolean holds(IntegerType other) {
        if (other.signed == signed) {
            return bits >= other.bits;
        }
        return signed && bits > other.bits;
    }
}
