package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code linux/bitops.h}: bits of an {@code unsigned long}, or of an array of them, counted from the lowest ({@code
 * include/asm-generic/bitops/instrumented-atomic.h}).
 */
public final class Bitops {
    private static final String NOT_ATOMIC = "one step here as well; in Linux what others change in between is lost";

    private Bitops() {}

    /** Defines a map of bits with file scope, all of them 0. */
    @DefinitionMacro(header = "linux/types.h", declares = "%s")
    public static long[] DECLARE_BITMAP(@Name String name, int bits) {
        if (bits < 0) {
            throw new DriverBug("DECLARE_BITMAP() of " + bits + " bits, where 0 is the least", "");
        }
        int words = (int) (((long) bits + Long.SIZE - 1) / Long.SIZE);
        Simulation.current().meter().allocate((long) words * Long.BYTES);
        return new long[words];
    }

    /** Whether {@code words} integers have a bit {@code nr}, which is what a macro on a bit is about to access. */
    public static boolean exists(long nr, int words) {
        boolean exists = nr >= 0 && nr < (long) words * Long.SIZE;
        if (!exists) {
            Misuses.report(
                    "bit-out-of-range",
                    "bit " + nr + " is none of the " + (long) words * Long.SIZE + " that are there",
                    "BUG: KASAN: slab-out-of-bounds",
                    "a bit is named by its number, counted from 0, and not by a mask such as BIT(3); a map of n bits is"
                            + " DECLARE_BITMAP(name, n)");
        }
        return exists;
    }

    /**
     * Sets bit {@code nr}, in one step; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.SET_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void set_bit(long nr, String addr) {}

    /**
     * Clears bit {@code nr}, in one step; not ordered, so it is no unlock.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void clear_bit(long nr, String addr) {}

    /**
     * Flips bit {@code nr}, in one step; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.CHANGE_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void change_bit(long nr, String addr) {}

    /**
     * Whether bit {@code nr} is set; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void test_bit(long nr, String addr) {}

    /**
     * Whether bit {@code nr} is set, read before everything that comes after it.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void test_bit_acquire(long nr, String addr) {}

    /**
     * Sets bit {@code nr} and tells whether it was set, in one step; fully ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_AND_SET_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void test_and_set_bit(long nr, String addr) {}

    /**
     * Clears bit {@code nr} and tells whether it was set, in one step; fully ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_AND_CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void test_and_clear_bit(long nr, String addr) {}

    /**
     * Flips bit {@code nr} and tells whether it was set, in one step; fully ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_AND_CHANGE_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true)
    public static void test_and_change_bit(long nr, String addr) {}

    /**
     * Sets bit {@code nr} and tells whether it was set; with that false, the bit is taken as a lock is.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.TEST_AND_SET_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true, pairsWith = "clear_bit_unlock")
    public static void test_and_set_bit_lock(long nr, String addr) {}

    /**
     * Clears bit {@code nr} after everything that comes before it, as an unlock does.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(value = Access.CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", nmi = true, pairsWith = "test_and_set_bit_lock")
    public static void clear_bit_unlock(long nr, String addr) {}

    /**
     * As {@link #clear_bit_unlock}, where nobody else changes other bits of the word.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __clear_bit_unlock(long nr, String addr) {}

    /**
     * Sets bit {@code nr} where nobody else changes the word.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.SET_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __set_bit(long nr, String addr) {}

    /**
     * Clears bit {@code nr} where nobody else changes the word.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __clear_bit(long nr, String addr) {}

    /**
     * Flips bit {@code nr} where nobody else changes the word.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.CHANGE_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __change_bit(long nr, String addr) {}

    /**
     * Sets bit {@code nr}, where nobody else changes the word, and tells whether it was set.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.TEST_AND_SET_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __test_and_set_bit(long nr, String addr) {}

    /**
     * Clears bit {@code nr}, where nobody else changes the word, and tells whether it was set.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.TEST_AND_CLEAR_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __test_and_clear_bit(long nr, String addr) {}

    /**
     * Flips bit {@code nr}, where nobody else changes the word, and tells whether it was set.
     *
     * <p>Context: any. The caller keeps others from the word.
     */
    @LvalueMacro(value = Access.TEST_AND_CHANGE_BIT, sees = "exists")
    @KernelFunction(header = "linux/bitops.h", simplified = NOT_ATOMIC)
    public static void __test_and_change_bit(long nr, String addr) {}
}
