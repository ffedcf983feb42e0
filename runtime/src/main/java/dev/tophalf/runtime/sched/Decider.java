package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only source of chance: whoever needs a choice collects the options here, the default first, and asks.
 *
 * <p>What differs from the default is recorded by the context that it happened in and the number of the choice there,
 * so that leaving one deviation out does not move the others.
 */
public final class Decider implements Choice {
    private final Strategy strategy;
    private final List<Cpu> cpus;
    private long[] options = new long[8];
    private int count;
    private Kind kind = Kind.POINT;
    private @Nullable ExecutionContext at;
    private int index;
    private long hash;
    private final List<Deviation> deviations = new ArrayList<>();

    /**
     * A choice that was not the default.
     *
     * @param at the context that it was made in
     * @param index how many choices were made there before
     * @param option what was taken
     */
    public record Deviation(ExecutionContext at, int index, long option) {}

    Decider(Strategy strategy, List<Cpu> cpus) {
        this.strategy = strategy;
        this.cpus = cpus;
    }

    /** Whether every choice is the default, so that options beyond it need not be collected. */
    public boolean isDefault() {
        return strategy.isDefault();
    }

    /** Begins to collect options. */
    public void begin() {
        count = 0;
    }

    /** Adds an option; the first one is the default. */
    public void add(long option) {
        if (count == options.length) {
            options = Arrays.copyOf(options, 2 * count);
        }
        options[count++] = option;
    }

    /** Whether nothing was collected. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Takes one of the options that were collected, which is no choice if there is only one. */
    public long choose(Kind newKind, ExecutionContext context) {
        if (count == 1 || strategy.isDefault()) {
            return options[0];
        }
        kind = newKind;
        at = context;
        index = context.countDecision();
        int picked = strategy.pick(this);
        long option = options[picked];
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + Long.hashCode(options[i]);
        }
        hash = (hash ^ picked) * 0x9e3779b97f4a7c15L;
        if (picked != 0) {
            deviations.add(new Deviation(context, index, option));
        }
        return option;
    }

    /** A number that two runs share if they had the same choices and made them alike, hardly ever otherwise. */
    public long hash() {
        return hash;
    }

    /** The choices that were not the default, in the order of making. */
    public List<Deviation> deviations() {
        return List.copyOf(deviations);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ExecutionContext at() {
        ExecutionContext context = at;
        if (context == null) {
            throw new IllegalStateException("nothing is being chosen");
        }
        return context;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long option(int number) {
        return options[number];
    }

    @Override
    public Site pending(int number) {
        return cpus.get(Option.cpu(options[number])).context().site();
    }
}
