package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.memory.Contents;
import dev.tophalf.runtime.memory.EmbeddedStruct;

/** A number of references that saturates instead of wrapping around, and says so ({@code lib/refcount.c}). */
public abstract class ReferenceCount extends EmbeddedStruct implements Contents {
    /** In the middle of the numbers below 0, so that it takes a thousand million mistakes to come back from there. */
    private static final int SATURATED = Integer.MIN_VALUE / 2;

    private int count;
    private boolean saturated;

    @Override
    public final String contents(Simulation simulation) {
        return count + (saturated ? ", saturated" : "");
    }

    public final int read() {
        return count;
    }

    public final void set(int n) {
        count = n;
        saturated = false;
    }

    /** Takes {@code i} references for {@code call}; the caller has one already. */
    public final void add(int i, String call) {
        int before = count;
        count += i;
        if (before == 0) {
            saturate(
                    "refcount-from-zero",
                    call + " of " + name() + ", which is 0: the last reference is gone",
                    "refcount_t: addition on 0; use-after-free.",
                    "a look-up takes its reference with refcount_inc_not_zero() and looks at the result; a new object"
                            + " starts with refcount_set(r, 1)");
        } else {
            checkOverflow(before, i, call);
        }
    }

    private void checkOverflow(int before, int i, String call) {
        if (before < 0 || before + i < 0) {
            saturate(
                    "refcount-saturated",
                    call + " of " + name() + ", which is " + before + ": there is no room",
                    "refcount_t: saturated; leaking memory.",
                    "look for the path that takes references and does not give them back");
        }
    }

    /** Takes {@code i} references for {@code call} unless there is none any more; whether it did. */
    public final boolean addNotZero(int i, String call) {
        int before = count;
        if (before == 0) {
            return false;
        }
        count += i;
        checkOverflow(before, i, call);
        return true;
    }

    /** Gives back {@code i} references for {@code call}; whether the last one was among them. */
    public final boolean subtractAndTest(int i, String call) {
        int before = count;
        count -= i;
        if (before > 0 && before == i) {
            return true;
        }
        if (before <= 0 || count < 0) {
            underflow(call, before, i);
        }
        return false;
    }

    private void underflow(String call, int before, int i) {
        saturate(
                "refcount-underflow",
                call + " takes " + i + " off " + name() + ", which is " + before,
                "refcount_t: underflow; use-after-free.",
                "give back each reference once: who has none any more must not touch the object");
    }

    /** Gives back a reference that is not the last one. */
    public final void decrement() {
        int before = count;
        count--;
        if (before <= 1) {
            saturate(
                    "refcount-leak",
                    "refcount_dec() of " + name() + ", which is " + before + ": nobody is told to free it",
                    "refcount_t: decrement hit 0; leaking memory.",
                    "give back what may be the last reference with refcount_dec_and_test(), and free the object if that"
                            + " is true");
        }
    }

    /** Gives back the last reference if there is just one; whether there was. */
    public final boolean decrementIfOne() {
        if (count != 1) {
            return false;
        }
        count = 0;
        return true;
    }

    /** Gives back a reference for {@code call} unless it is the last one; whether it did. */
    public final boolean decrementNotOne(String call) {
        if (count == 1) {
            return false;
        }
        if (count == 0) {
            underflow(call, 0, 1);
        } else if (count != SATURATED) {
            count--;
        }
        return true;
    }

    /** Keeps the object for ever, and says why unless it has said so of an earlier mistake. */
    private void saturate(String rule, String message, String linux, String advice) {
        count = SATURATED;
        if (!saturated) {
            saturated = true;
            Misuses.report(rule, message, linux, advice);
        }
    }

    /** As reports call it: by the kref that it is in, if it is in one. */
    private String name() {
        return EmbeddedStruct.nameOf(container() instanceof EmbeddedStruct outer ? outer : this);
    }
}
