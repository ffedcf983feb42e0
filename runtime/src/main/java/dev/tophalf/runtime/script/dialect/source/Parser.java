package dev.tophalf.runtime.script.dialect.source;

import dev.tophalf.runtime.script.Deadline;
import groovy.lang.GroovyClassLoader;
import org.apache.groovy.parser.antlr4.AstBuilder;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Groovy's parser. Nothing of Groovy's compiler but the parser runs: no transforms, no services of the class path, no
 * name resolution.
 */
public final class Parser {
    private static final CompilerConfiguration CONFIGURATION = new CompilerConfiguration();
    private static final GroovyClassLoader NO_CLASSES = new GroovyClassLoader(null, CONFIGURATION);

    private static final int LONGEST_EXCERPT = 60;

    /** The parser fails without a place only where it runs out of stack. */
    private static final String TOO_DEEP = "an expression or block is nested too deeply";

    private Parser() {}

    /** The tree of {@code text}, or null if it has none, which has been reported then. */
    public static @Nullable ModuleNode parse(String text, Diagnostics diagnostics) {
        ErrorCollector errors = new ErrorCollector(CONFIGURATION);
        SourceUnit unit = new SourceUnit("script", text, CONFIGURATION, NO_CLASSES, errors);
        try {
            AstBuilder builder = new AstBuilder(unit, false, false);
            StoppableTokens.installIn(builder);
            ModuleNode module = builder.buildAST();
            if (!errors.hasErrors()) {
                return module;
            }
        } catch (CompilationFailedException e) {
            Deadline.check();
            if (!errors.hasErrors()) {
                diagnostics.add(0, 0, TOO_DEEP);
            }
        }
        report(errors, diagnostics);
        return null;
    }

    private static void report(ErrorCollector errors, Diagnostics diagnostics) {
        for (int i = 0; i < errors.getErrorCount(); i++) {
            Message message = errors.getError(i);
            if (message instanceof SyntaxErrorMessage syntax) {
                SyntaxException cause = syntax.getCause();
                diagnostics.add(cause.getStartLine(), cause.getStartColumn(), reword(cause.getOriginalMessage()));
            } else {
                diagnostics.add(0, 0, TOO_DEEP);
            }
        }
    }

    private static String reword(String message) {
        String text = Marks.unmarkAll(firstLine(message));
        if (text.startsWith("Unexpected input: ")) {
            String input = text.substring("Unexpected input: ".length());
            boolean isShort = input.length() <= LONGEST_EXCERPT;
            return "syntax error: unexpected " + (isShort ? input : input.substring(0, LONGEST_EXCERPT) + "...'");
        }
        if (text.contains("without a body")) {
            return "no declarations of functions: define it anywhere in the file";
        }
        return text.isEmpty() ? "syntax error" : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        int place = line.indexOf(" @ line ");
        return place < 0 ? line : line.substring(0, place);
    }
}
