package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.sched.Task;
import dev.tophalf.shell.repl.text.Table;
import java.util.List;

/** Shows the tasks. */
final class Ps extends PromptCommand {
    Ps() {
        super("ps", "", "show the tasks and what they wait for", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        List<Task> tasks = session.simulation().scheduler().tasks();
        Table table = new Table().row("PID", "STATE", "NAME", "WAITS FOR");
        for (Task task : tasks) {
            table.row(
                    Integer.toString(task.pid()),
                    state(task),
                    task.isUser() ? task.comm() : "[" + task.comm() + "]",
                    task.waitsFor());
        }
        (tasks.isEmpty() ? List.of("no tasks") : table.lines()).forEach(session.console()::line);
        return 0;
    }

    private static String state(Task task) {
        return switch (task.state()) {
            case RUNNABLE, RUNNING -> "ready";
            case BLOCKED -> task.isSleeping() ? "sleeps" : "waits";
            case DONE -> "done";
        };
    }
}
