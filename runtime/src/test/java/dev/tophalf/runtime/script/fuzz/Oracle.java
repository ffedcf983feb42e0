package dev.tophalf.runtime.script.fuzz;

import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.CompileOptions;
import dev.tophalf.runtime.script.CompiledScript;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptLoader;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.dialect.DialectCompiler;
import dev.tophalf.runtime.script.weave.WeaveOptions;
import dev.tophalf.runtime.trace.Sites;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * Sends a text through every stage of the pipeline and says what is wrong with how it came out.
 *
 * <p>Whatever the text is, it is compiled or refused, within the deadline, twice alike. A refusal has a reason at a
 * place in the text, in words that do not come from Java. What was compiled loads, and runs to an end that a driver
 * author can understand, twice alike.
 */
public final class Oracle {
    /** Longer than a script may take where it counts: the host may be busy. */
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private static final long SLOW_NS = Duration.ofSeconds(5).toNanos();
    private static final Pattern JAVA = Pattern.compile(
            "dev[./]tophalf[\\w./$]*|(java|groovy|groovyjarjar\\w+|org)\\.[a-z]\\w+\\.[\\w.$]*|org\\.codehaus\\S*|\\w+Exception(:|$)"
                    + "|internal (compiler )?error|@[0-9a-f]{6,8}\\b|\\w+\\$\\w*|[\\u0394\\uff21-\\uff3a]|[\\n\\r]");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private final DialectCompiler dialect = new DialectCompiler(new FuzzKernel().api());

    /** How far a text came. */
    public enum Stage {
        REFUSED_BY_COMPILER,
        REFUSED_BY_VERIFIER,
        RAN
    }

    /**
     * What became of a text.
     *
     * @param problems what should not have happened; empty if all is well
     * @param notes the reasons of a refusal, or what the run did
     */
    public record Verdict(Stage stage, List<String> problems, List<String> notes) {}

    /** What the pipeline makes of {@code text}. */
    public Verdict judge(String text) {
        ScriptSource source = new ScriptSource("fuzz.groovy", text);
        List<String> problems = new ArrayList<>();
        Attempt first = compile(source, problems);
        Attempt second = compile(source, problems);
        if (Math.min(first.ns, second.ns) > SLOW_NS) {
            problems.add("slow: takes seconds to compile");
        }
        if (!same(first, second)) {
            problems.add("two compiles differ");
        }
        if (first.script != null && second.script != null) {
            return new Verdict(Stage.RAN, problems, run(first, second, problems));
        }
        first.refusal.forEach(each -> checkDiagnostic(text, each, problems));
        Stage stage = isRefusedByVerifier(source) ? Stage.REFUSED_BY_VERIFIER : Stage.REFUSED_BY_COMPILER;
        return new Verdict(
                stage,
                problems,
                first.refusal.stream().map(Diagnostic::toString).toList());
    }

    /** The result of one compile: a script, or reasons why there is none. */
    private record Attempt(@Nullable CompiledScript script, List<Diagnostic> refusal, Sites sites, long ns) {
        static Attempt since(long begin, @Nullable CompiledScript script, List<Diagnostic> refusal, Sites sites) {
            return new Attempt(script, refusal, sites, System.nanoTime() - begin);
        }
    }

    private static Attempt compile(ScriptSource source, List<String> problems) {
        long begin = System.nanoTime();
        Sites sites = new Sites();
        CompileOptions options =
                CompileOptions.DEFAULT.withDeadline(DEADLINE).withWeave(WeaveOptions.DEFAULT.withAccesses(true));
        try {
            ScriptCompiler compiler = new ScriptCompiler(new FuzzKernel().api(), sites, options);
            return Attempt.since(begin, compiler.compile(source, Scope.EMPTY), List.of(), sites);
        } catch (ScriptRejectedException e) {
            if (e.getCause() != null) {
                problems.add("compiler failed: " + place(e.getCause()));
            }
            if (e.diagnostics().isEmpty()) {
                problems.add("refused without a reason");
            }
            return Attempt.since(begin, null, e.diagnostics(), sites);
        } catch (Throwable e) {
            problems.add("pipeline failed: " + place(e));
            return Attempt.since(begin, null, List.of(), sites);
        }
    }

    private static boolean same(Attempt first, Attempt second) {
        if (first.script == null || second.script == null) {
            return first.script == second.script && first.refusal.equals(second.refusal);
        }
        List<ClassBytes> classes = first.script.classes();
        List<ClassBytes> others = second.script.classes();
        boolean same = classes.size() == others.size();
        for (int i = 0; same && i < classes.size(); i++) {
            same = Arrays.equals(classes.get(i).bytes(), others.get(i).bytes());
        }
        return same;
    }

    private boolean isRefusedByVerifier(ScriptSource source) {
        try {
            dialect.compile(source, Scope.EMPTY);
            return true;
        } catch (ScriptRejectedException e) {
            return false;
        }
    }

    private static void checkDiagnostic(String text, Diagnostic diagnostic, List<String> problems) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        int line = diagnostic.line();
        boolean inText = line <= lines.size()
                && diagnostic.column() <= (line == 0 ? 0 : lines.get(line - 1).length() + 1);
        if (!inText || line < 0 || diagnostic.column() < 0) {
            problems.add("place outside of the text: " + diagnostic.message());
        }
        if (line == 0 && !diagnostic.message().matches(".*(too large|too deeply|characters).*")) {
            problems.add("no place: " + diagnostic.message());
        }
        if (diagnostic.message().isBlank()) {
            problems.add("refused without a word");
        }
        checkWords(text, diagnostic.message(), problems);
    }

    /** What a message may not say in words of its own; what it quotes from the text is the text's. */
    private static void checkWords(String text, String message, List<String> problems) {
        String own = QUOTED.matcher(message)
                .replaceAll(quote -> squeezed(text).contains(squeezed(quote.group(1))) ? "" : "$0");
        Matcher matcher = JAVA.matcher(own);
        while (matcher.find()) {
            String word = matcher.group();
            boolean refusal = word.startsWith("java.") && message.contains(" not available to drivers");
            if (!refusal && !squeezed(text).contains(squeezed(word))) {
                problems.add("Java shows: " + message);
                return;
            }
        }
    }

    /** Without blanks, ends of lines, however they are written, and the dots of what was cut off. */
    private static String squeezed(String text) {
        return text.replace("...", "").replaceAll("\\\\[nrt]|\\s", "");
    }

    private List<String> run(Attempt first, Attempt second, List<String> problems) {
        CompiledScript script = first.script;
        CompiledScript again = second.script;
        if (script == null || again == null) {
            throw new IllegalArgumentException("nothing to run");
        }
        checkBytes(script, problems);
        try {
            List<String> outcome = Run.of(script, first.sites);
            if (!outcome.equals(Run.of(again, second.sites))) {
                problems.add("two runs differ");
            }
            for (String line : outcome) {
                if (line.startsWith("finding: ")) {
                    checkWords(script.source().text() + " StandInKernel", line, problems);
                }
            }
            return outcome;
        } catch (Throwable e) {
            problems.add("run failed: " + place(e));
            return List.of();
        }
    }

    private static void checkBytes(CompiledScript script, List<String> problems) {
        ClassLoader loader = new ScriptLoader(script.source(), script.classes(), Scope.EMPTY, name -> true);
        StringWriter complaints = new StringWriter();
        for (ClassBytes bytes : script.classes()) {
            try {
                CheckClassAdapter.verify(new ClassReader(bytes.bytes()), loader, false, new PrintWriter(complaints));
            } catch (RuntimeException | LinkageError e) {
                complaints.append(place(e));
            }
        }
        if (!complaints.toString().isEmpty()) {
            problems.add("bytes are wrong: "
                    + complaints.toString().lines().findFirst().orElse(""));
        }
    }

    /** An exception and where it comes from, as one line that is the same for the same mistake. */
    private static String place(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StringBuilder line = new StringBuilder(String.valueOf(root).replace('\n', ' '));
        Arrays.stream(root.getStackTrace())
                .limit(6)
                .forEach(frame -> line.append(" < ")
                        .append(frame.getFileName())
                        .append(':')
                        .append(frame.getLineNumber()));
        return line.toString();
    }
}
