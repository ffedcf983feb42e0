package dev.tophalf.runtime.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The kernel's message buffer, which {@code dmesg} prints. */
public final class KernelLog {
    private final List<Line> lines = new ArrayList<>();

    /**
     * A message.
     *
     * @param level 0 (emergency) to 7 (debug)
     */
    public record Line(long timeNs, int level, String text) {
        @Override
        public String toString() {
            return "[" + seconds(timeNs) + "] " + text;
        }
    }

    /** Adds a message, a line of its own for each line of {@code text}. */
    public void add(long timeNs, int level, String text) {
        text.lines().forEach(line -> lines.add(new Line(timeNs, level, line)));
    }

    /** All messages, oldest first. */
    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** A time as the kernel prints it: seconds with six decimals, at least twelve wide. */
    public static String seconds(long timeNs) {
        StringBuilder text = new StringBuilder(16);
        text.append(timeNs / 1_000_000_000L).append('.');
        String micros = Long.toString(timeNs / 1_000 % 1_000_000);
        text.append("0".repeat(6 - micros.length())).append(micros);
        return " ".repeat(Math.max(0, 12 - text.length())) + text;
    }
}
