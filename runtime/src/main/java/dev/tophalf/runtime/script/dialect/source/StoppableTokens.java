package dev.tophalf.runtime.script.dialect.source;

import dev.tophalf.runtime.script.Deadline;
import groovyjarjarantlr4.v4.runtime.CommonTokenStream;
import groovyjarjarantlr4.v4.runtime.Lexer;
import groovyjarjarantlr4.v4.runtime.TokenSource;
import java.lang.reflect.Field;
import org.apache.groovy.parser.antlr4.AstBuilder;
import org.apache.groovy.parser.antlr4.GroovyParser;

/**
 * The tokens that Groovy's parser reads, until the time is over. What the parser makes of a few hundred operators in a row can
 * take hours, and all the while it looks at tokens.
 */
final class StoppableTokens extends CommonTokenStream {
    private StoppableTokens(TokenSource source) {
        super(source);
    }

    /** Makes {@code builder}, which has not read anything yet, read such tokens. */
    static void installIn(AstBuilder builder) {
        try {
            Field field = AstBuilder.class.getDeclaredField("parser");
            field.setAccessible(true);
            GroovyParser parser = (GroovyParser) field.get(builder);
            TokenSource source = parser.getInputStream().getTokenSource();
            if (source instanceof Lexer lexer) {
                lexer.setInputStream(new StoppableChars(lexer.getInputStream()));
            }
            parser.setInputStream(new StoppableTokens(source));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the version of Groovy that the dialect is made for", e);
        }
    }

    @Override
    public int LA(int i) {
        Deadline.check();
        return super.LA(i);
    }

    @Override
    protected int fetch(int n) {
        int fetched = 0;
        while (fetched < n && super.fetch(1) == 1) {
            Deadline.check();
            fetched++;
        }
        return fetched;
    }
}
