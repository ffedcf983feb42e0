package dev.tophalf.runtime.lock;

import dev.tophalf.runtime.trace.Site;

/**
 * That a lock of one class was taken with one of another class held. Its ways are kept as four bits: what was held was
 * written (E) or read (S), what was taken was a recursive read (R) or not (N).
 */
final class LockOrder {
    private static final int SR = 1;
    private static final int ER = 2;
    private static final int SN = 4;
    private static final int EN = 8;

    final LockClass held;
    final LockClass taken;
    final Site heldAt;
    final LockUse use;
    private int forward;
    private int backward;

    LockOrder(LockClass held, LockClass taken, Site heldAt, LockUse use) {
        this.held = held;
        this.taken = taken;
        this.heldAt = heldAt;
        this.use = use;
    }

    private static int bit(boolean isExclusive, boolean isNotRecursive) {
        return isNotRecursive ? isExclusive ? EN : SN : isExclusive ? ER : SR;
    }

    private static int forward(LockMode held, LockMode taken) {
        return bit(held == LockMode.EXCLUSIVE, taken != LockMode.RECURSIVE);
    }

    private static int backward(LockMode held, LockMode taken) {
        return bit(taken == LockMode.EXCLUSIVE, held != LockMode.RECURSIVE);
    }

    boolean knows(LockMode held, LockMode taken) {
        return (forward & forward(held, taken)) != 0 && (backward & backward(held, taken)) != 0;
    }

    void learn(LockMode held, LockMode taken) {
        forward |= forward(held, taken);
        backward |= backward(held, taken);
    }

    /**
     * The ways by which a path that ends with a recursive reader or not goes on along this order, with the same meaning
     * in both directions: a reader that shares with another one at the same lock makes nobody wait.
     */
    int ways(boolean goesForward, boolean onlyRecursive) {
        int ways = goesForward ? forward : backward;
        return onlyRecursive ? ways & (ER | EN) : ways;
    }

    /** Whether all of these ways end with a recursive reader. */
    static boolean isOnlyRecursive(int ways) {
        return (ways & (SN | EN)) == 0;
    }
}
