package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.PollMacro;

/**
 * {@code linux/iopoll.h}: do {@code val = op(args)} until {@code cond} holds or the time is over.
 *
 * <p>A time of 0 is for ever. When the time is over there is one look more, so that who was away for long does not time
 * out for that reason alone.
 */
public final class Iopoll {
    private Iopoll() {}

    /**
     * Does {@code val = op(args)} until {@code cond} holds, asleep between the looks.
     *
     * <p>Context: process if {@code sleep_us} is not 0.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro({"op", "val", "cond", "sleep_us", "timeout_us", "sleep_before_read", "args"})
    @KernelFunction(
            header = "linux/iopoll.h",
            sleeps = CONDITIONAL,
            contexts = {PROCESS})
    public static int read_poll_timeout(
            Condition cond, long sleep_us, @CType("u64") long timeout_us, boolean sleep_before_read) {
        return poll(cond, sleep_us, timeout_us, sleep_before_read);
    }

    /**
     * Does {@code val = op(args)} until {@code cond} holds, spinning between the looks.
     *
     * <p>Context: any.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro({"op", "val", "cond", "delay_us", "timeout_us", "delay_before_read", "args"})
    @KernelFunction(header = "linux/iopoll.h")
    public static int read_poll_timeout_atomic(
            Condition cond, long delay_us, @CType("u64") long timeout_us, boolean delay_before_read) {
        return pollAtomic(cond, delay_us, timeout_us, delay_before_read);
    }

    /**
     * Does {@code val = op(addr)} until {@code cond} holds, asleep between the looks.
     *
     * <p>Context: process if {@code sleep_us} is not 0.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro({"op", "addr", "val", "cond", "sleep_us", "timeout_us"})
    @KernelFunction(
            header = "linux/iopoll.h",
            sleeps = CONDITIONAL,
            contexts = {PROCESS})
    public static int readx_poll_timeout(Condition cond, long sleep_us, @CType("u64") long timeout_us) {
        return poll(cond, sleep_us, timeout_us, false);
    }

    /**
     * Does {@code val = op(addr)} until {@code cond} holds, spinning between the looks.
     *
     * <p>Context: any.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro({"op", "addr", "val", "cond", "delay_us", "timeout_us"})
    @KernelFunction(header = "linux/iopoll.h")
    public static int readx_poll_timeout_atomic(Condition cond, long delay_us, @CType("u64") long timeout_us) {
        return pollAtomic(cond, delay_us, timeout_us, false);
    }

    /**
     * Does {@code val = readl(addr)} until {@code cond} holds, asleep between the looks.
     *
     * <p>Context: process if {@code delay_us} is not 0.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro(
            value = {"addr", "val", "cond", "delay_us", "timeout_us"},
            op = "readl")
    @KernelFunction(
            header = "linux/iopoll.h",
            sleeps = CONDITIONAL,
            contexts = {PROCESS})
    public static int readl_poll_timeout(Condition cond, long delay_us, @CType("u64") long timeout_us) {
        return poll(cond, delay_us, timeout_us, false);
    }

    /**
     * Does {@code val = readl(addr)} until {@code cond} holds, spinning between the looks.
     *
     * <p>Context: any.
     *
     * @return 0, or -ETIMEDOUT if {@code cond} does not hold at the last look either
     */
    @PollMacro(
            value = {"addr", "val", "cond", "delay_us", "timeout_us"},
            op = "readl")
    @KernelFunction(header = "linux/iopoll.h")
    public static int readl_poll_timeout_atomic(Condition cond, long delay_us, @CType("u64") long timeout_us) {
        return pollAtomic(cond, delay_us, timeout_us, false);
    }

    /** The clock decides when the time is over. */
    private static int poll(Condition look, long sleepUs, long timeoutUs, boolean sleepFirst) {
        Simulation now = Simulation.current();
        long endNs = now.nowNs() + MICROSECONDS.toNanos(timeoutUs);
        if (sleepFirst) {
            sleep(now, sleepUs);
        }
        while (!look.holds()) {
            if (timeoutUs != 0 && now.nowNs() > endNs) {
                return look.holds() ? 0 : -Errno.ETIMEDOUT;
            }
            sleep(now, sleepUs);
        }
        return 0;
    }

    private static void sleep(Simulation now, long us) {
        if (us == 0) {
            now.scheduler().relax();
        } else {
            now.sleepUntil(now.nowNs() + MICROSECONDS.toNanos((us >> 2) + 1));
        }
    }

    /** The delays decide when the time is over, and each turn is a nanosecond: the clock may have stopped. */
    private static int pollAtomic(Condition look, long delayUs, long timeoutUs, boolean delayFirst) {
        Simulation now = Simulation.current();
        long delayNs = MICROSECONDS.toNanos(delayUs);
        long leftNs = MICROSECONDS.toNanos(timeoutUs);
        if (delayFirst) {
            now.delay(delayNs);
            leftNs -= delayNs;
        }
        while (!look.holds()) {
            if (timeoutUs != 0 && leftNs < 0) {
                return look.holds() ? 0 : -Errno.ETIMEDOUT;
            }
            now.delay(delayNs);
            now.scheduler().relax();
            leftNs -= delayNs + 1;
        }
        return 0;
    }
}
