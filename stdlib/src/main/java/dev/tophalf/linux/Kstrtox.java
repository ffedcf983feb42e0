package dev.tophalf.linux;

import dev.tophalf.linux.Types.IntegerBox;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.Pointer;

/** {@code linux/kstrtox.h}: numbers from text. */
public final class Kstrtox {
    private Kstrtox() {}

    /** Room for an {@code int} that a function returns through a pointer. */
    @KernelType(header = "linux/types.h")
    public static final class int_box extends IntegerBox {
        /** The number. */
        public int value;

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
            value = (int) raw;
        }
    }

    /**
     * Reads a whole number; a newline may follow it, and nothing else.
     *
     * <p>Context: any.
     *
     * @param base 0 for what the text's prefix says, else 2 to 16
     * @return 0, {@code -EINVAL} for what is no number, {@code -ERANGE} for one that does not fit
     */
    @KernelFunction(header = "linux/kstrtox.h")
    public static int kstrtoint(Pointer s, int base, int_box res) {
        String text = s.text();
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = base;
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        if (hex && (base == 0 || base == 16)) {
            radix = 16;
            digits = digits.substring(2);
        } else if (base == 0) {
            radix = digits.startsWith("0") && digits.length() > 1 ? 8 : 10;
        }
        if (digits.isEmpty() || !digits.chars().allMatch(character -> isDigit(character)) || !fits(digits, radix)) {
            return -Errno.EINVAL;
        }
        try {
            long value = Long.parseLong(digits, radix);
            res.value = Math.toIntExact(negative ? -value : value);
            return 0;
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return -Errno.ERANGE;
        }
    }

    private static boolean isDigit(int character) {
        return Character.digit(character, 16) >= 0 && character < 128;
    }

    private static boolean fits(String digits, int radix) {
        return digits.chars().allMatch(character -> Character.digit(character, radix) >= 0);
    }
}
