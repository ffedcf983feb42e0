package dev.tophalf.shell.world;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an amount on a command line is counted in. */
public enum Unit {
    COUNT(
            "N",
            "a number such as 5000 or 100M",
            List.of(new Step("", 1), new Step("k", 1_000), new Step("M", 1_000_000), new Step("G", 1_000_000_000))),
    BYTES(
            "SIZE",
            "a size such as 64K or 1M",
            List.of(new Step("", 1), new Step("K", 1L << 10), new Step("M", 1L << 20), new Step("G", 1L << 30))),
    TIME(
            "TIME",
            "a time such as 500ms or 2s",
            List.of(
                    new Step("ns", 1),
                    new Step("us", 1_000),
                    new Step("ms", 1_000_000),
                    new Step("s", 1_000_000_000),
                    new Step("min", 60_000_000_000L),
                    new Step("h", 3_600_000_000_000L)));

    private record Step(String suffix, long size) {}

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})([a-z]*)");

    private final String label;
    private final String accepted;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Step> steps;

    Unit(String label, String accepted, List<Step> steps) {
        this.label = label;
        this.accepted = accepted;
        this.steps = steps;
    }

    /** What stands for an amount in a usage line. */
    public String label() {
        return label;
    }

    /** What is accepted, in words. */
    public String accepted() {
        return accepted;
    }

    /** The amount that {@code word} says, or null if it says none. {@code 64KiB} and {@code 64kb} are {@code 64K}. */
    public @Nullable Long parse(String word) {
        Matcher amount = AMOUNT.matcher(word.toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            return null;
        }
        String suffix = this == BYTES ? amount.group(2).replaceFirst("i?b$", "") : amount.group(2);
        for (Step step : steps) {
            if (step.suffix().toLowerCase(Locale.ROOT).equals(suffix)) {
                long number = Long.parseLong(amount.group(1));
                return number > Long.MAX_VALUE / step.size() ? null : Long.valueOf(number * step.size());
            }
        }
        return null;
    }

    /** The shortest exact word for {@code amount}. */
    public String text(long amount) {
        for (int i = steps.size() - 1; i > 0; i--) {
            Step step = steps.get(i);
            if (amount >= step.size() && amount % step.size() == 0) {
                return amount / step.size() + step.suffix();
            }
        }
        return amount + steps.get(0).suffix();
    }
}
