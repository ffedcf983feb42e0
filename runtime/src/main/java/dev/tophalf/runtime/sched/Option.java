package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that may happen next, as a number, so that a choice allocates nothing: its kind in bits 56 to 63,
 * a CPU in bits 48 to 55, and which of its kind in the lower bits.
 */
public final class Option {
    private static final int KIND_SHIFT = 56;
    private static final int CPU_SHIFT = 48;
    private static final long NUMBER_MASK = (1L << CPU_SHIFT) - 1;

    private Option() {}

    /** What an option may be, with the letter that stands for it in a schedule. */
    public enum Kind {
        /** A CPU goes on with what it runs, or begins what waits for it. */
        GO('c'),
        /** A CPU takes the interrupt of a line. */
        IRQ('i'),
        /** A CPU takes the interrupt of its own timer. */
        TIMER_IRQ('l'),
        /** A task gets a CPU. */
        TASK('t'),
        /** Something does not happen. */
        NO('n'),
        /** Something happens. */
        YES('y');

        private static final Kind[] ALL = values();

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** {@code cpu} goes on. */
    public static long go(Cpu cpu) {
        return of(Kind.GO, cpu, 0);
    }

    /** {@code cpu} takes the interrupt of the line of that number. */
    public static long irq(Cpu cpu, int irq) {
        return of(Kind.IRQ, cpu, irq);
    }

    /** {@code cpu} takes the interrupt of its timer. */
    public static long timerIrq(Cpu cpu) {
        return of(Kind.TIMER_IRQ, cpu, 0);
    }

    /** {@code task} gets {@code cpu}. */
    public static long task(Cpu cpu, Task task) {
        return of(Kind.TASK, cpu, task.pid());
    }

    /** Something happens on {@code cpu}, or does not. */
    public static long yesOrNo(Cpu cpu, boolean yes) {
        return of(yes ? Kind.YES : Kind.NO, cpu, 0);
    }

    private static long of(Kind kind, Cpu cpu, int number) {
        return (long) kind.ordinal() << KIND_SHIFT | (long) cpu.number() << CPU_SHIFT | number;
    }

    /** What an option is. */
    public static Kind kind(long option) {
        return Kind.ALL[(int) (option >>> KIND_SHIFT)];
    }

    /** The number of an option's CPU. */
    public static int cpu(long option) {
        return (int) (option >>> CPU_SHIFT) & 0xff;
    }

    /** Which of its kind and CPU an option is: the number of a line, the pid of a task. */
    public static int number(long option) {
        return (int) (option & NUMBER_MASK);
    }

    /** As a schedule writes it: {@code c1}, {@code i0.16}, {@code t1.103}. */
    public static String text(long option) {
        String text = kind(option).letter + Integer.toString(cpu(option));
        return number(option) == 0 ? text : text + '.' + number(option);
    }

    /** What {@link #text} wrote, or null if it did not write this. */
    static @Nullable Long parse(String text) {
        for (Kind kind : Kind.ALL) {
            if (!text.isEmpty() && text.charAt(0) == kind.letter && text.matches(".[0-7](\\.[0-9]{1,9})?")) {
                long cpu = Character.digit(text.charAt(1), 10);
                long number = text.length() > 2 ? Long.parseLong(text.substring(3)) : 0;
                return (long) kind.ordinal() << KIND_SHIFT | cpu << CPU_SHIFT | number;
            }
        }
        return null;
    }
}
