package dev.tophalf.runtime.sched;

import com.google.common.collect.ImmutableMap;
import dev.tophalf.runtime.sched.Decider.Deviation;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.runtime.trace.Trace;
import dev.tophalf.runtime.trace.Trace.Check;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the choices of a run are made, and what is known of its trace, as one word: {@code default}, {@code random} by
 * the run's seed, or each choice that was not the default, as {@code cat/101@17=c1,irq%2016%20(button0)@0=c0}: the
 * context, the number of the choice there, and the {@link Option}. After a {@code +} comes what tells whether another
 * run is the same: the number of records, a hash of them, and hashes of what came before some of them.
 */
public final class Schedule {
    /** No pre-emption, first come first served. */
    public static final Schedule DEFAULT = new Schedule("default", ImmutableMap.of(), "");

    /** Any option, drawn from the run's seed. */
    public static final Schedule RANDOM = new Schedule("random", ImmutableMap.of(), "");

    private static final Pattern EXPECTED = Pattern.compile("[0-9a-z]{1,12}\\.[0-9a-f]{8}(\\.[0-9a-f]{4}){0,15}");
    private static final int RADIX = 36;

    private final String form;
    private final Map<String, Long> steps;
    private final String expected;

    private Schedule(String form, Map<String, Long> steps, String expected) {
        this.form = form;
        this.steps = steps;
        this.expected = expected;
    }

    /** The choices of a run that were not the default. */
    public static Schedule of(List<Deviation> deviations) {
        Map<String, Long> steps = new LinkedHashMap<>();
        for (Deviation deviation : deviations) {
            steps.put(place(deviation.at().key(), deviation.index()), deviation.option());
        }
        return steps.isEmpty() ? DEFAULT : new Schedule("", steps, "");
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException with one line for people
     */
    public static Schedule parse(String text) {
        int plus = text.indexOf('+');
        String choices = plus < 0 ? text : text.substring(0, plus);
        String expected = plus < 0 ? "" : text.substring(plus + 1);
        if (plus >= 0 && !EXPECTED.matcher(expected).matches()) {
            throw new IllegalArgumentException("'" + expected + "' after the + is not what a run prints there");
        }
        if (choices.equals("default") || choices.equals("random")) {
            return new Schedule(choices, ImmutableMap.of(), expected);
        }
        Map<String, Long> steps = new LinkedHashMap<>();
        for (String step : choices.split(",", -1)) {
            int at = step.lastIndexOf('@');
            int equals = step.indexOf('=', Math.max(at, 0));
            Long option = equals < 0 ? null : Option.parse(step.substring(equals + 1));
            if (at <= 0 || option == null || !step.substring(at + 1, equals).matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(
                        "'" + step + "' is no choice; a schedule is default, random, or what a run has printed");
            }
            String context = URLDecoder.decode(step.substring(0, at), StandardCharsets.UTF_8);
            steps.put(place(context, Integer.parseInt(step.substring(at + 1, equals))), option);
        }
        return new Schedule("", steps, expected);
    }

    private static String place(String context, int index) {
        return context + '@' + index;
    }

    /** Whether it is the default one, whatever is expected of the trace. */
    public boolean isDefault() {
        return form.equals("default");
    }

    /** How many choices it names. */
    public int size() {
        return steps.size();
    }

    /** What makes the choices of one run of that seed. */
    public Strategy strategy(long seed) {
        return switch (form) {
            case "default" -> Strategy.DEFAULT;
            case "random" -> new RandomStrategy(seed);
            default -> new Replay();
        };
    }

    /** Takes the options that are named where they are on offer, else the default. */
    private final class Replay implements Strategy {
        @Override
        public int pick(Choice choice) {
            Long wanted = steps.get(place(choice.at().key(), choice.index()));
            for (int i = 0; wanted != null && i < choice.count(); i++) {
                if (choice.option(i) == wanted) {
                    return i;
                }
            }
            return 0;
        }
    }

    /** The same choices, with what is known of the trace that they led to. */
    public Schedule expecting(Trace trace) {
        return new Schedule(form, steps, words(trace));
    }

    private static String words(Trace trace) {
        String checks = trace.checks().stream()
                .map(check -> String.format(".%04x", check.hash() & 0xffff))
                .collect(Collectors.joining());
        return Long.toString(trace.count(), RADIX) + String.format(".%08x", trace.hash() & 0xffffffffL) + checks;
    }

    /** Where {@code trace} is not what was expected, in words; null if it is, or nothing was expected. */
    public @Nullable String divergence(Trace trace) {
        String actual = words(trace);
        if (expected.isEmpty() || expected.equals(actual)) {
            return null;
        }
        String[] wanted = expected.split("\\.", -1);
        String[] got = actual.split("\\.", -1);
        boolean isSameLength = wanted[0].equals(got[0]);
        List<Check> checks = trace.checks();
        Check before = null;
        for (int i = 0; isSameLength && i < checks.size(); i++) {
            Check check = checks.get(i);
            if (!wanted[i + 2].equals(got[i + 2])) {
                return "between " + place(before) + " and " + place(check);
            }
            before = check;
        }
        String length =
                isSameLength ? "" : ": " + trace.count() + " records instead of " + Long.parseLong(wanted[0], RADIX);
        return "after " + place(before) + length;
    }

    private static String place(@Nullable Check check) {
        return check == null
                ? "the start"
                : "record " + check.count() + " at "
                        + KernelLog.seconds(check.timeNs()).strip();
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        steps.forEach((place, option) -> {
            int at = place.lastIndexOf('@');
            String context = URLEncoder.encode(place.substring(0, at), StandardCharsets.UTF_8);
            words.add(context.replace("+", "%20").replace("%2F", "/").replace("%3A", ":")
                    + place.substring(at)
                    + '='
                    + Option.text(option));
        });
        String choices = form.isEmpty() ? String.join(",", words) : form;
        return expected.isEmpty() ? choices : choices + '+' + expected;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schedule schedule && schedule.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
