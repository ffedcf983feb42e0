package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.sched.Choice.Kind;

/** Takes any option, all with the same chance; what is allowed but rare happens one time in sixteen. */
public final class RandomStrategy implements Strategy {
    private static final long RARE = 16;

    private long state;

    public RandomStrategy(long seed) {
        state = seed;
    }

    @Override
    public int pick(Choice choice) {
        if (choice.kind() == Kind.SPURIOUS_WAKEUP) {
            return Long.remainderUnsigned(next(), RARE) == 0 ? 1 : 0;
        }
        return (int) Long.remainderUnsigned(next(), choice.count());
    }

    /** SplitMix64 (Steele, Lea, Flood 2014). */
    private long next() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
