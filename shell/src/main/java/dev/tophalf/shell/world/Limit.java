package dev.tophalf.shell.world;

import dev.tophalf.runtime.contract.Budgets;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/** One of the {@link DriverLimits}, as a command line spells it. */
public enum Limit {
    TICKS(
            "--max-ticks",
            Unit.COUNT,
            "Loop turns and calls in all",
            1,
            1_000_000_000_000L,
            budget(Budgets::ticks),
            budget(Budgets::withTicks)),
    HARDIRQ_TIME(
            "--max-hardirq-time",
            Unit.TIME,
            "Machine time in one hard irq handler (1us is 100 ticks)",
            1_000,
            3_600_000_000_000L,
            budget(Budgets::hardirqNs),
            budget(Budgets::withHardirqNs)),
    MACHINE_TIME(
            "--max-machine-time",
            Unit.TIME,
            "Machine time in all",
            1_000,
            36_000_000_000_000_000L,
            budget(Budgets::machineTimeNs),
            budget(Budgets::withMachineTimeNs)),
    MEMORY(
            "--max-memory",
            Unit.BYTES,
            "Memory that drivers make and allocate in all, garbage counted",
            1,
            1L << 36,
            budget(Budgets::memoryBytes),
            budget(Budgets::withMemoryBytes)),
    OUTPUT(
            "--max-output",
            Unit.BYTES,
            "Messages to the kernel log in all",
            1,
            1L << 30,
            budget(Budgets::outputBytes),
            budget(Budgets::withOutputBytes)),
    TASK_STACK(
            "--max-task-stack",
            Unit.BYTES,
            "A task's stack",
            1 << 10,
            1 << 16,
            budget(Budgets::taskStackBytes),
            budget((budgets, most) -> budgets.withTaskStackBytes(Math.toIntExact(most)))),
    IRQ_STACK(
            "--max-irq-stack",
            Unit.BYTES,
            "The stack of interrupts",
            1 << 10,
            1 << 16,
            budget(Budgets::irqStackBytes),
            budget((budgets, most) -> budgets.withIrqStackBytes(Math.toIntExact(most)))),
    COMPILE_TIME(
            "--max-compile-time",
            Unit.TIME,
            "Real time to compile one driver",
            1_000_000,
            3_600_000_000_000L,
            limits -> limits.compileTime().toNanos(),
            (limits, most) -> limits.withCompileTime(Duration.ofNanos(most))),
    SOURCE(
            "--max-source",
            Unit.BYTES,
            "The text of one driver",
            1,
            1 << 24,
            DriverLimits::sourceChars,
            (limits, most) -> limits.withSourceChars(Math.toIntExact(most)));

    private final String option;
    private final Unit unit;
    private final String what;
    private final long least;
    private final long most;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final ToLongFunction<DriverLimits> getter;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final BiFunction<DriverLimits, Long, DriverLimits> setter;

    Limit(
            String option,
            Unit unit,
            String what,
            long least,
            long most,
            ToLongFunction<DriverLimits> getter,
            BiFunction<DriverLimits, Long, DriverLimits> setter) {
        this.option = option;
        this.unit = unit;
        this.what = what;
        this.least = least;
        this.most = most;
        this.getter = getter;
        this.setter = setter;
    }

    private static ToLongFunction<DriverLimits> budget(ToLongFunction<Budgets> getter) {
        return limits -> getter.applyAsLong(limits.budgets());
    }

    private static BiFunction<DriverLimits, Long, DriverLimits> budget(BiFunction<Budgets, Long, Budgets> setter) {
        return (limits, most) -> limits.withBudgets(setter.apply(limits.budgets(), most));
    }

    /** The limit with that option. */
    static Limit named(String option) {
        for (Limit limit : values()) {
            if (limit.option.equals(option)) {
                return limit;
            }
        }
        throw new IllegalArgumentException("no limit is called " + option);
    }

    /** Its option, such as {@code --max-ticks}. */
    public String option() {
        return option;
    }

    public Unit unit() {
        return unit;
    }

    /** What it limits. */
    public String what() {
        return what;
    }

    /** Its value among {@code limits}. */
    public long of(DriverLimits limits) {
        return getter.applyAsLong(limits);
    }

    /** {@code limits} with this one set. */
    public DriverLimits set(DriverLimits limits, long value) {
        return setter.apply(limits, value);
    }

    /**
     * Reads its value.
     *
     * @throws IllegalArgumentException with what was given and what is accepted
     */
    public long parse(String word) {
        Long value = unit.parse(word);
        if (value == null || value < least || value > most) {
            throw new IllegalArgumentException("'" + word + "' is not " + unit.accepted() + ", from " + unit.text(least)
                    + " to " + unit.text(most));
        }
        return value;
    }
}
