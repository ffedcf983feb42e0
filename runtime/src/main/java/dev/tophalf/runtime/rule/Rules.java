package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.rule.builtin.HardirqTooLong;
import dev.tophalf.runtime.rule.builtin.IrqNotHandled;
import dev.tophalf.runtime.rule.builtin.LeakAtUnload;
import dev.tophalf.runtime.rule.builtin.LockHeldAtReturn;
import dev.tophalf.runtime.rule.builtin.MisuseRule;
import dev.tophalf.runtime.rule.builtin.MutexInInterrupt;
import dev.tophalf.runtime.rule.builtin.OopsRule;
import dev.tophalf.runtime.rule.builtin.SleepInAtomic;
import dev.tophalf.runtime.rule.builtin.WrongContext;
import java.util.List;

/** The rules that know only contexts, locks, time and resources. */
public final class Rules {
    private Rules() {}

    /** A fresh set, in the order of asking. */
    public static List<Rule> builtin() {
        return List.of(
                new SleepInAtomic(),
                new WrongContext(),
                new MutexInInterrupt(),
                new LockHeldAtReturn(),
                new IrqNotHandled(),
                new HardirqTooLong(),
                new LeakAtUnload(),
                new OopsRule(),
                new MisuseRule(
                        "lock-order-cycle",
                        "Two that take the same locks in different orders can each have what the other waits for."),
                new MisuseRule(
                        "irq-unsafe-lock", "An interrupt that waits for what it has interrupted waits for ever."),
                new MisuseRule("recursive-lock", "A lock does not know who asks: its holder waits for himself."),
                new MisuseRule("wait-context", "With PREEMPT_RT a spinlock_t sleeps, and a raw_spinlock_t does not."),
                new MisuseRule("deadlock", "A lock that waits for the one who waits for it is never given back."),
                new MisuseRule(
                        "stack-overflow",
                        "A kernel stack is a few pages and does not grow; what is written past its end is somebody else's."),
                new MisuseRule("memory-budget", "The kernel's memory is everybody's."),
                new MisuseRule("output-budget", "A log that nobody can read helps nobody."),
                new MisuseRule("time-budget", "A run that never ends tells nothing."),
                new MisuseRule(
                        "soft-lockup", "Code in the kernel is not interrupted by other tasks unless it lets them run."),
                new MisuseRule("hung-task", "Who sleeps where no signal reaches him is only ever woken by other code."),
                new MisuseRule(
                        "wait-without-wakeup",
                        "A sleeper does not look whether what he waits for is there; who brings it has to wake him."));
    }
}
