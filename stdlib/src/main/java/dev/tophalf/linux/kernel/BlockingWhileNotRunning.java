package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Current;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.Site;
import java.util.List;

/** Reports a call that may sleep by a task that has already said how it is about to sleep. */
final class BlockingWhileNotRunning implements Rule {
    /** How {@code might_sleep()} begins its report. What only calls {@code schedule()} may be called in every state. */
    private static final String MIGHT_SLEEP = "BUG: sleeping function called from invalid context";

    @Override
    public String id() {
        return "blocking-while-not-running";
    }

    @Override
    public String why() {
        return "A sleep inside of another one ends with the task running, so the outer one does not take place.";
    }

    @Override
    public boolean concerns(Contract contract) {
        boolean sleeps = contract.sleeps() == Sleeps.ALWAYS || contract.sleeps() == Sleeps.GFP;
        return sleeps
                && contract.complaint().equals(MIGHT_SLEEP)
                && !contract.function().equals("cond_resched");
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        Task task = Tasks.current();
        boolean asked = moment.kind() == ContextKind.PROCESS && call.maySleep(moment::gfpBlocks);
        if (task == null || task.sleep() == Sched.TASK_RUNNING || !asked) {
            return List.of();
        }
        Site set = Current.of(task).state().setAt;
        return List.of(moment.finding(
                        this, call.contract().function() + "() may sleep in state " + name(task.sleep()), call.site())
                .linux("do not call blocking ops when !TASK_RUNNING; state=" + Integer.toHexString(task.sleep()))
                .advice("call it before the state is set, or after set_current_state(TASK_RUNNING) or finish_wait();"
                        + " a condition of wait_event() must not sleep")
                .related(set, "the state is set here")
                .build());
    }

    private static String name(int state) {
        return switch (state) {
            case Sched.TASK_INTERRUPTIBLE -> "TASK_INTERRUPTIBLE";
            case Sched.TASK_UNINTERRUPTIBLE -> "TASK_UNINTERRUPTIBLE";
            case Sched.TASK_KILLABLE -> "TASK_KILLABLE";
            case Sched.TASK_IDLE -> "TASK_IDLE";
            default -> "0x" + Integer.toHexString(state);
        };
    }
}
