package dev.tophalf.shell.repl;

import com.google.common.base.Throwables;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.repl.command.Commands;
import dev.tophalf.shell.repl.command.PromptCommand;
import dev.tophalf.shell.repl.command.Session;
import dev.tophalf.shell.repl.command.Typed;
import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does what a line says. A line is a command, an action of a peripheral, or else driver code; commands come first, but
 * {@code cat = 3} and {@code (cat)} are code.
 */
final class Interpreter {
    private static final int INTERRUPTED = 130;

    /** A name alone, or with words after it that look like a command's. */
    private static final Pattern LIKE_COMMAND =
            Pattern.compile("\\s*([A-Za-z_][\\w-]*)(?:\\s+[\\w./'\"~-][^=(){};]*)?\\s*");

    private final Session session;
    private final DriverCode code;

    Interpreter(Session session) {
        this.session = session;
        this.code = new DriverCode(session);
    }

    /** Whether {@code text} is driver code that goes on in the next line. */
    boolean goesOn(String text) {
        return !isCommand(text) && Brackets.areOpen(text);
    }

    /** Whether {@code text} is a command or an action of a peripheral rather than driver code. */
    boolean isCommand(String text) {
        return command(text) != null;
    }

    private @Nullable CommandLine command(String text) {
        CommandLine line = CommandLine.of(text);
        if (line != null && (Commands.find(line.name()) != null || part(line.name()) != null)) {
            return line;
        }
        CommandLine call = CommandLine.ofCall(text);
        boolean isCommand = call != null
                && Commands.find(call.name()) != null
                && session.scope().function(call.name()).isEmpty();
        return isCommand ? call : null;
    }

    private @Nullable Part part(String label) {
        return session.simulation().board().part(label);
    }

    /** Does what {@code text} says, which may be several lines, and shows what came of it. Returns its status. */
    int execute(String text) {
        List<String> inputs = inputs(text);
        if (inputs.stream().noneMatch(this::isCommand)) {
            inputs = List.of(text);
        }
        for (String input : inputs) {
            if (!isBlank(input) && !session.isLeaving()) {
                session.setStatus(executeOne(input));
            }
        }
        return session.status();
    }

    /** The lines of {@code text}, those together that belong together. */
    private List<String> inputs(String text) {
        List<String> inputs = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            input.append(input.isEmpty() ? "" : "\n").append(line);
            if (!goesOn(input.toString())) {
                inputs.add(input.toString());
                input.setLength(0);
            }
        }
        if (!input.isEmpty()) {
            inputs.add(input.toString());
        }
        return inputs;
    }

    private static boolean isBlank(String input) {
        return input.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.startsWith("//"));
    }

    private int executeOne(String input) {
        int findingsBefore = session.world().findings().size();
        boolean ranBefore = !session.simulation().isStopped();
        int status = attempt(input);
        session.showNews();
        if (ranBefore && session.simulation().isStopped()) {
            session.console().error("the machine has stopped; 'reboot' switches it off and on");
        }
        if (session.takeInterrupt()) {
            session.console().error("interrupted");
            return INTERRUPTED;
        }
        boolean hasFound = session.findingsShown() > findingsBefore;
        return status == 0 && hasFound ? 1 : status;
    }

    private int attempt(String input) {
        try {
            return dispatch(input);
        } catch (WorldException refused) {
            boolean isKilled = refused.exit() == Exit.KILLED;
            complain(isKilled ? "the kernel killed it" : String.valueOf(refused.getMessage()));
            return refused.isDriversFault() ? 1 : 2;
        } catch (RuntimeException broken) {
            complain("internal error: " + (session.debug() ? Throwables.getStackTraceAsString(broken) : broken));
            return 2;
        }
    }

    private void complain(String message) {
        session.showNews();
        if (!session.isInterrupted()) {
            session.console().error(session.console().paint().error(message));
        }
    }

    private int dispatch(String input) {
        CommandLine line = command(input);
        if (line == null) {
            return code.run(input, unknownCommand(input));
        }
        Typed typed = Typed.of(line.rest());
        PromptCommand command = Commands.find(line.name());
        return command != null ? command.execute(session, typed) : act(line.name(), typed.words());
    }

    private int act(String label, List<String> words) {
        if (words.isEmpty()) {
            return dispatch("devices " + label);
        }
        session.world().act(label, words.get(0), words.subList(1, words.size()));
        return 0;
    }

    /** What to say if {@code input} turns out not to be driver code: empty unless it looks like a command. */
    private String unknownCommand(String input) {
        Matcher line = LIKE_COMMAND.matcher(input);
        if (!line.matches() || code.knows(line.group(1))) {
            return "";
        }
        String name = line.group(1);
        List<String> names = new ArrayList<>(Commands.names());
        session.simulation().board().labels().forEach(names::add);
        String hint = Spelling.hint(name, names);
        if (!hint.isEmpty()) {
            return "no command '" + name + "'" + hint;
        }
        hint = Spelling.hint(name, code.names());
        return "no command or name '" + name + "'" + (hint.isEmpty() ? "; 'help' lists the commands" : hint);
    }
}
