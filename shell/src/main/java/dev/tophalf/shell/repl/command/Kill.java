package dev.tophalf.shell.repl.command;

import dev.tophalf.shell.world.WorldException;
import java.util.List;
import java.util.Locale;

/** Sends a signal to a process. */
final class Kill extends PromptCommand {
    private static final int LAST = 31;

    /** Those of {@code asm-generic/signal.h} that people type, each at its number. */
    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM");

    private static final int TERM = NAMES.indexOf("TERM");

    Kill() {
        super(
                "kill",
                "[-SIGNAL] PID...",
                "send processes a signal, TERM if not told; ps has the pids",
                Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        List<String> words = typed.words();
        boolean named = !words.isEmpty() && words.get(0).startsWith("-");
        int signal = named ? signal(words.get(0).substring(1)) : TERM;
        List<String> pids = named ? words.subList(1, words.size()) : words;
        if (pids.isEmpty()) {
            throw new WorldException("kill: takes " + usage() + ", such as kill -INT 105");
        }
        for (String pid : pids) {
            if (!pid.matches("[0-9]{1,9}")) {
                throw new WorldException("kill: '" + pid + "' is no pid; ps has them");
            }
        }
        pids.forEach(pid -> session.world().kill(Integer.parseInt(pid), signal));
        return 0;
    }

    private static int signal(String word) {
        String name = word.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        int number = name.matches("[0-9]{1,2}") ? Integer.parseInt(name) : NAMES.indexOf(name);
        if (number < 1 || number > LAST) {
            throw new WorldException(
                    "kill: '" + word + "' is no signal; write INT, KILL, TERM, or a number from 1 to " + LAST);
        }
        return number;
    }
}
