package dev.tophalf.shell.repl;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.repl.command.Session;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.Rejection;
import dev.tophalf.shell.repl.text.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of driver code: compiles each in the scope of those before it, runs it in the kernel and prints its value. */
final class DriverCode {
    private static final int MAX_ERRNO = 4095;

    /** What makes driver code a module. */
    private static final Pattern MODULE = Pattern.compile("^\\s*module_(?:init|\\w*driver)\\s*\\(", Pattern.MULTILINE);

    private final Session session;
    private int count;

    DriverCode(Session session) {
        this.session = session;
    }

    /** Whether a driver may use {@code name} here. */
    boolean knows(String name) {
        return names().contains(name);
    }

    /** Every name that a driver may use here. */
    List<String> names() {
        List<String> names = new ArrayList<>(session.simulation().kernel().api().names());
        names.addAll(session.scope().names());
        return names;
    }

    /**
     * Runs a line; one that says where a module begins is loaded as a module.
     *
     * @param otherwise what to print if it does not compile, empty for the compiler's own messages
     */
    int run(String text, String otherwise) {
        ScriptSource source = new ScriptSource("input" + ++count, text);
        try {
            if (MODULE.matcher(text).find()) {
                session.world().insmod(source, session.scope());
            } else {
                evaluate(source);
            }
            return 0;
        } catch (ScriptRejectedException rejected) {
            Console console = session.console();
            console.error(
                    otherwise.isEmpty()
                            ? Rejection.text(rejected.diagnostics(), source, true, console.paint())
                            : console.paint().error(otherwise));
            return 2;
        }
    }

    private void evaluate(ScriptSource source) throws ScriptRejectedException {
        LoadedScript line = session.world().load(source, session.scope());
        session.scope().add(line);
        Object value = session.world().evaluate(line);
        session.showNews();
        if (value != null) {
            String error = source.text().contains("(") ? errorName(value) : "";
            session.console()
                    .line(session.console().paint().faint("=> ")
                            + new ValueText(session.simulation()).of(value)
                            + error);
        }
    }

    /** The name of an error number that a function may have returned, or empty. */
    private static String errorName(Object value) {
        long number = value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : 0;
        String name = number < 0 && number >= -MAX_ERRNO ? Errno.name((int) -number) : null;
        return name == null ? "" : " (-" + name + ")";
    }
}
