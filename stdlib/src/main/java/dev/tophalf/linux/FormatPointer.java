package dev.tophalf.linux;

import dev.tophalf.runtime.contract.FunctionPointer;
import dev.tophalf.runtime.memory.ErrorPointer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Prints the argument of {@code %p}, with the extensions of the kernel that mean something here.
 *
 * <p>Documentation/core-api/printk-formats.rst lists them. An extension not known here is left to the pointer itself,
 * see {@link KernelPrintable}.
 */
final class FormatPointer {
    /** What Linux prints while it cannot make up a number for an address: here there is none to make it of. */
    static final String UNKNOWN = "(____ptrval____)";

    private static final int MAX_ERRNO = 4095;
    private static final int MAX_DUMP = 64;
    private static final int MAC_LENGTH = 6;
    private static final int IP4_LENGTH = 4;

    private final FormatLookup lookup;
    private final FormatConversion conversion;
    private final FormatArguments arguments;

    FormatPointer(FormatLookup lookup, FormatConversion conversion, FormatArguments arguments) {
        this.lookup = lookup;
        this.conversion = conversion;
        this.arguments = arguments;
    }

    String print(@Nullable Object pointer) {
        String extension = conversion.extension();
        return switch (extension.isEmpty() ? ' ' : extension.charAt(0)) {
            case 'e' -> error(pointer);
            case 's', 'S', 'B' -> symbol(pointer);
            case 'f', 'F' -> extension.startsWith("fw") ? dereferenced(pointer) : oldSymbol(pointer);
            case 'h' -> dump(pointer);
            case 'M', 'm' -> mac(pointer);
            case 'I', 'i' -> extension.startsWith("4", 1) ? ip4(pointer) : dereferenced(pointer);
            case 'a' -> busAddress(pointer);
            case 'x', 'K', ' ' -> plain(pointer);
            default -> dereferenced(pointer);
        };
    }

    /** {@code %p}, {@code %pK}, {@code %px}: null and error codes are no addresses and stay what they are. */
    private String plain(@Nullable Object pointer) {
        int errno = errnoOf(pointer);
        if (pointer == null || errno != 0) {
            return FormatText.address(errno, conversion);
        }
        if (FormatTypes.isInteger(pointer)) {
            arguments.mismatch(conversion, pointer);
            return conversion.extension().startsWith("x") || FormatTypes.toLong(pointer) == 0
                    ? FormatText.address(FormatTypes.toLong(pointer), conversion)
                    : FormatText.error(UNKNOWN, conversion);
        }
        if (pointer instanceof Number) {
            arguments.mismatch(conversion, pointer);
        }
        return described(pointer, conversion.extension().startsWith("K") ? "" : conversion.extension());
    }

    /** An extension that reads what is pointed to. */
    private String dereferenced(@Nullable Object pointer) {
        if (pointer == null) {
            return FormatText.error("(null)", conversion);
        }
        if (errnoOf(pointer) != 0) {
            return FormatText.error("(efault)", conversion);
        }
        return pointer instanceof Number ? plain(pointer) : described(pointer, conversion.extension());
    }

    private String described(Object pointer, String extension) {
        KernelPrintable printable = lookup.printable(pointer);
        return printable == null
                ? FormatText.error(UNKNOWN, conversion)
                : FormatText.padded(printable.kernelString(extension), conversion);
    }

    /** {@code %pe}: the name of an error code; a real pointer prints as with {@code %p}. */
    private String error(@Nullable Object pointer) {
        int errno = errnoOf(pointer);
        if (errno == 0) {
            return plain(pointer);
        }
        String name = lookup.errorName(-errno);
        return name == null ? FormatText.signed(errno, conversion) : FormatText.string("-" + name, conversion);
    }

    /** The negative error code that a value stands for, or 0. */
    private static int errnoOf(@Nullable Object pointer) {
        if (pointer instanceof ErrorPointer error) {
            return error.errno();
        }
        long value = FormatTypes.toLong(pointer);
        return value >= -MAX_ERRNO && value < 0 ? (int) value : 0;
    }

    /** {@code %ps}, {@code %pS}, {@code %pB}: the name of a function. */
    private String symbol(@Nullable Object pointer) {
        int errno = errnoOf(pointer);
        if (pointer == null || errno != 0) {
            return FormatText.string("0x" + Long.toHexString(errno), conversion);
        }
        if (pointer instanceof Number) {
            arguments.mismatch(conversion, pointer);
            return FormatText.string("0x" + Long.toHexString(FormatTypes.toLong(pointer)), conversion);
        }
        if (pointer instanceof FunctionPointer function) {
            return FormatText.string(function.functionName(), conversion);
        }
        if (lookup.printable(pointer) != null) {
            return described(pointer, conversion.extension());
        }
        String text = String.valueOf(pointer);
        return hasHash(pointer, text) ? FormatText.error(UNKNOWN, conversion) : FormatText.string(text, conversion);
    }

    /** Whether a text is the one that every object has, which differs from run to run. */
    private static boolean hasHash(Object pointer, String text) {
        return text.equals(pointer.getClass().getName() + "@" + Integer.toHexString(pointer.hashCode()));
    }

    private String oldSymbol(@Nullable Object pointer) {
        arguments.add("'%p" + conversion.extension().charAt(0) + "' names no function any more: use '%ps'");
        return symbol(pointer);
    }

    /** {@code %pa}, {@code %pad}, {@code %pap}: in C a pointer to an address, here the address. */
    private String busAddress(@Nullable Object address) {
        if (!FormatTypes.isInteger(address)) {
            return dereferenced(address);
        }
        return FormatText.padded("0x" + HexFormat.of().toHexDigits(FormatTypes.toLong(address)), conversion);
    }

    /** {@code %*ph}: as many bytes as the width says, with blanks, colons, dashes or nothing between them. */
    private String dump(@Nullable Object pointer) {
        int count = conversion.width() < 0 ? 1 : Math.min(conversion.width(), MAX_DUMP);
        if (count == 0) {
            return "";
        }
        byte[] bytes = bytes(pointer, count);
        if (bytes == null) {
            return dereferenced(pointer);
        }
        String separator = conversion.extension().startsWith("C", 1)
                ? ":"
                : conversion.extension().startsWith("D", 1)
                        ? "-"
                        : conversion.extension().startsWith("N", 1) ? "" : " ";
        return HexFormat.ofDelimiter(separator).formatHex(bytes);
    }

    /** {@code %pM}: an Ethernet address; with F dashes, with R backwards, with a small m without colons. */
    private String mac(@Nullable Object pointer) {
        byte[] bytes = bytes(pointer, MAC_LENGTH);
        if (bytes == null) {
            return dereferenced(pointer);
        }
        boolean isBackwards = conversion.extension().startsWith("R", 1);
        String separator = conversion.extension().startsWith("m")
                ? ""
                : conversion.extension().startsWith("F", 1) ? "-" : ":";
        String text = HexFormat.ofDelimiter(separator).formatHex(isBackwards ? reversed(bytes) : bytes);
        return FormatText.string(text, conversion);
    }

    /** {@code %pI4}: an IPv4 address, first byte first; with h or l backwards, with a small i three digits each. */
    private String ip4(@Nullable Object pointer) {
        byte[] bytes = bytes(pointer, IP4_LENGTH);
        if (bytes == null) {
            return dereferenced(pointer);
        }
        boolean isBackwards = conversion.extension().startsWith("h", 2)
                || conversion.extension().startsWith("l", 2);
        StringBuilder text = new StringBuilder();
        for (byte part : isBackwards ? reversed(bytes) : bytes) {
            text.append(text.length() == 0 ? "" : ".");
            text.append(String.format(conversion.extension().startsWith("i") ? "%03d" : "%d", part & 0xff));
        }
        return FormatText.string(text.toString(), conversion);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** The bytes that a pointer points to; null if it points to none. */
    private byte @Nullable [] bytes(@Nullable Object pointer, int count) {
        byte[] bytes = FormatTypes.bytesOf(pointer);
        if (bytes == null && pointer != null && errnoOf(pointer) == 0) {
            KernelPrintable printable = lookup.printable(pointer);
            return printable == null ? null : printable.kernelBytes(count);
        }
        if (bytes != null && bytes.length < count) {
            arguments.tooShort(conversion, count, bytes.length);
        }
        return bytes == null ? null : Arrays.copyOf(bytes, Math.min(count, bytes.length));
    }
}
