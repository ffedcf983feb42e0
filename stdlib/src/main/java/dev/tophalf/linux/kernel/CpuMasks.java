package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.vfs.FileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets of CPUs as files have them: {@code lib/bitmap-str.c} for up to 8 CPUs. */
final class CpuMasks {
    private CpuMasks() {}

    /** In hexadecimal, with as many digits as {@code cpus} needs: {@code %*pb}. */
    static String hex(int mask, int cpus) {
        return String.format(Locale.ROOT, "%0" + (cpus + 3) / 4 + "x", mask);
    }

    /** As ranges, such as {@code 0-1,3}: {@code %*pbl}. */
    static String list(int mask) {
        List<String> ranges = new ArrayList<>();
        int cpu = 0;
        while (mask >>> cpu != 0) {
            int first = cpu + Integer.numberOfTrailingZeros(mask >>> cpu);
            int end = first + Integer.numberOfTrailingZeros(~(mask >>> first));
            ranges.add(end - first == 1 ? "" + first : first + "-" + (end - 1));
            cpu = end;
        }
        return String.join(",", ranges);
    }

    /** Reads hexadecimal words of 32 bits, separated by commas: {@code bitmap_parse_user()}. */
    static int parseHex(String text, int cpus) throws FileException {
        long mask = 0;
        for (String word : text.strip().split(",", -1)) {
            if (!word.matches("[0-9a-fA-F]+")) {
                throw Files.error(Errno.EINVAL);
            }
            String digits = word.replaceFirst("^0+(?=.)", "");
            if (digits.length() > 8 || mask != 0) {
                throw Files.error(Errno.EOVERFLOW);
            }
            mask = Long.parseLong(digits, 16);
        }
        if (mask >>> cpus != 0) {
            throw Files.error(Errno.EOVERFLOW);
        }
        return (int) mask;
    }

    /** Reads ranges: {@code bitmap_parselist_user()}. */
    static int parseList(String text, int cpus) throws FileException {
        int mask = 0;
        for (String range : text.strip().split("[,\\s]+", -1)) {
            if (!range.isEmpty()) {
                mask |= range(range, cpus);
            }
        }
        return mask;
    }

    private static int range(String range, int cpus) throws FileException {
        if (range.equals("all")) {
            return (1 << cpus) - 1;
        }
        if (!range.matches("\\d{1,9}(-\\d{1,9})?")) {
            throw Files.error(Errno.EINVAL);
        }
        String[] ends = range.split("-", 2);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first > last) {
            throw Files.error(Errno.EINVAL);
        }
        if (last >= cpus) {
            throw Files.error(Errno.ERANGE);
        }
        return (1 << (last + 1)) - (1 << first);
    }
}
