package dev.tophalf.runtime.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What woven code calls in tests. It notes calls, and kills after a number of ticks. */
public final class TestHooks {
    public static final String NAME = "dev/tophalf/runtime/script/TestHooks";

    private static final List<Integer> CALLED = new ArrayList<>();
    private static final List<List<Object>> ARGUMENTS = new ArrayList<>();
    private static final List<Integer> ENTERED = new ArrayList<>();
    private static final List<Integer> TICKED = new ArrayList<>();
    private static final List<String> ACCESSED = new ArrayList<>();
    private static long budget;
    private static long charged;
    private static boolean killed;
    private static int depth;

    private TestHooks() {}

    public static void reset(long ticks) {
        List.of(CALLED, ARGUMENTS, ENTERED, TICKED, ACCESSED).forEach(List::clear);
        budget = ticks;
        charged = 0;
        killed = false;
        depth = 0;
    }

    public static void call(int site, Object[] arguments) {
        CALLED.add(site);
        ARGUMENTS.add(new ArrayList<>(Arrays.asList(arguments)));
    }

    public static void call(int site) {
        call(site, new Object[0]);
    }

    public static void tick(int site) {
        note(TICKED, site);
        spend();
    }

    public static int enter(int site) {
        note(ENTERED, site);
        spend();
        return depth++;
    }

    public static void leave(int callers) {
        depth = callers;
    }

    public static void caught(int callers, int site) {
        depth = callers + 1;
    }

    public static void exception(int site) {
        charge(1, site);
    }

    /** How many calls are not known to have ended. */
    public static int depth() {
        return depth;
    }

    public static void charge(int ticks, int site) {
        charged += ticks;
        budget -= ticks;
        spend();
    }

    public static void work(int ticks, int site) {
        charge(ticks, site);
    }

    public static void read(Object owner, String member, int site) {
        ACCESSED.add("read " + name(owner) + "." + member);
    }

    public static void write(Object owner, String member, int site) {
        ACCESSED.add("write " + name(owner) + "." + member);
    }

    public static void readElement(Object array, int index, int site) {
        ACCESSED.add("read " + name(array) + index);
    }

    public static void writeElement(Object array, int index, int site) {
        ACCESSED.add("write " + name(array) + index);
    }

    private static String name(Object owner) {
        return owner instanceof Class<?> type
                ? type.getSimpleName()
                : owner.getClass().getSimpleName();
    }

    public static void rethrowIfKilled(Throwable thrown) {
        if (killed || thrown instanceof VirtualMachineError) {
            killed = true;
            throw Kill.INSTANCE;
        }
    }

    private static void note(List<Integer> sites, int site) {
        if (sites.size() < 10_000) {
            sites.add(site);
        }
    }

    private static void spend() {
        if (killed || --budget < 0) {
            killed = true;
            throw Kill.INSTANCE;
        }
    }

    public static List<Integer> called() {
        return CALLED;
    }

    public static List<List<Object>> arguments() {
        return ARGUMENTS;
    }

    public static List<Integer> entered() {
        return ENTERED;
    }

    public static List<Integer> ticked() {
        return TICKED;
    }

    public static long charged() {
        return charged;
    }

    public static List<String> accessed() {
        return ACCESSED;
    }

    /** The end of a script in tests. */
    public static final class Kill extends Error {
        public static final Kill INSTANCE = new Kill();
        private static final long serialVersionUID = 1;

        private Kill() {
            super("killed", null, false, false);
        }
    }
}
