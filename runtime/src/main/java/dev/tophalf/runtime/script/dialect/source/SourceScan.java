package dev.tophalf.runtime.script.dialect.source;

import dev.tophalf.runtime.script.Deadline;
import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the tokens before the parser does: brackets that do not match, nesting that would exhaust the parser, C
 * that Groovy cannot read, and names of types, which it marks.
 */
public final class SourceScan {
    private static final int DEEPEST = 200;
    private static final int DEEPEST_FINALLY = 5;
    private static final int LONGEST_CHAIN = 6;
    private static final int MOST_ANGLES = 24;
    private static final int DEEPEST_TEXT = 5;
    private static final int LONGEST_NUMBER = 100;

    /** The parser compares each type with all others. */
    private static final int MOST_TYPES = 1_000;

    private final Diagnostics diagnostics;
    private final Predicate<String> isType;
    private final Predicate<String> isFunction;
    private final Set<String> declaredTypes = new LinkedHashSet<>();
    private final StringBuilder text;
    private List<Token> tokens = new ArrayList<>();

    /**
     * @param isType whether a name is that of a type outside of the file
     * @param isFunction whether a name is that of a function outside of the file
     */
    public SourceScan(String text, Diagnostics diagnostics, Predicate<String> isType, Predicate<String> isFunction) {
        this.text = new StringBuilder(text);
        this.diagnostics = diagnostics;
        this.isType = isType;
        this.isFunction = isFunction;
    }

    /** The text for the parser, as long as the source. What is wrong has been reported. */
    public String markedText() {
        Runnable lexicalError = tokenize();
        checkBrackets(lexicalError == null);
        checkStatements();
        if (lexicalError != null && diagnostics.isEmpty()) {
            lexicalError.run();
        }
        collectTypes();
        for (int i = 0; i < tokens.size(); i++) {
            Deadline.check();
            refuseC(i);
            markType(i);
        }
        return text.toString();
    }

    /** Reads the tokens; what reports the letters that are no token, or null if all are. */
    private @Nullable Runnable tokenize() {
        GroovyLangLexer lexer = new GroovyLangLexer(new StoppableChars(CharStreams.fromString(text.toString())));
        lexer.removeErrorListeners();
        tokens = new ArrayList<>();
        try {
            for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
                Deadline.check();
                if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                    tokens.add(token);
                }
            }
            return null;
        } catch (GroovySyntaxError error) {
            String message = lexical(String.valueOf(error.getMessage()));
            return () -> diagnostics.add(error.getLine(), error.getColumn(), message);
        } catch (RuntimeException error) {
            return () -> diagnostics.add(lexer.getLine(), lexer.getCharPositionInLine() + 1, "unexpected character");
        }
    }

    private static String lexical(String message) {
        if (message.contains("'#'")) {
            return "there is no preprocessor: every name is in scope without #include, and a constant is"
                    + " written 'final int NAME = 1'";
        }
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    /** @param complete whether the tokens are all that there are */
    private void checkBrackets(boolean complete) {
        Deque<Token> open = new ArrayDeque<>();
        Deque<Boolean> blocks = new ArrayDeque<>();
        int finallyBlocks = 0;
        int texts = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            texts += type(i) == GroovyLexer.GStringBegin ? 1 : type(i) == GroovyLexer.GStringEnd ? -1 : 0;
            if (texts > DEEPEST_TEXT) {
                report(token, "a text within a text deeper than " + DEEPEST_TEXT);
                return;
            }
            if (isOpening(token)) {
                boolean isFinally = i > 0 && tokens.get(i - 1).getType() == GroovyLexer.FINALLY;
                open.push(token);
                blocks.push(isFinally);
                finallyBlocks += isFinally ? 1 : 0;
                if (isTooDeep(token, open.size(), finallyBlocks)) {
                    return;
                }
            } else if (isClosing(token)) {
                if (!closes(token, open)) {
                    return;
                }
                open.pop();
                finallyBlocks -= blocks.pop() ? 1 : 0;
            }
        }
        if (complete && !open.isEmpty()) {
            neverClosed(open.peek());
        }
    }

    /** The parser looks ahead from each assignment to the end of the statement, once for each '<' that may be a type's. */
    private void checkStatements() {
        int assignments = 0;
        int angles = 0;
        for (Token token : tokens) {
            if (endsStatement(token)) {
                assignments = 0;
                angles = 0;
            } else if (isAssignment(token)) {
                assignments++;
            } else if (token.getType() == GroovyLexer.LT) {
                angles++;
            }
            if (assignments > LONGEST_CHAIN || angles > MOST_ANGLES) {
                String what = assignments > LONGEST_CHAIN
                        ? "more than " + LONGEST_CHAIN + " assignments"
                        : "more than " + MOST_ANGLES + " '<'";
                report(token, what + " in one statement; make several statements of it");
                return;
            }
        }
    }

    private static boolean endsStatement(Token token) {
        return switch (token.getType()) {
            case GroovyLexer.NL, GroovyLexer.SEMI, GroovyLexer.LBRACE, GroovyLexer.RBRACE, GroovyLexer.COMMA -> true;
            default -> false;
        };
    }

    private static boolean isAssignment(Token token) {
        return token.getType() == GroovyLexer.ASSIGN || token.getText().matches("[-+*/%&|^]=|<<=|>>=");
    }

    private boolean isTooDeep(Token token, int depth, int finallyBlocks) {
        if (depth > DEEPEST) {
            report(token, "nested deeper than " + DEEPEST + " brackets");
            return true;
        }
        if (finallyBlocks > DEEPEST_FINALLY) {
            report(
                    token,
                    "'finally' within 'finally' deeper than " + DEEPEST_FINALLY
                            + "; move the inner part to a function of its own");
            return true;
        }
        return false;
    }

    private boolean closes(Token token, Deque<Token> open) {
        Token opening = open.peek();
        if (opening == null) {
            report(token, "'" + token.getText() + "' closes nothing");
            return false;
        }
        if (closing(opening) != token.getType()) {
            neverClosed(opening);
            return false;
        }
        return true;
    }

    private void neverClosed(Token opening) {
        String bracket = opening.getText();
        report(opening, "'" + bracket.charAt(bracket.length() - 1) + "' is never closed");
    }

    private static boolean isOpening(Token token) {
        return closing(token) != 0;
    }

    private static int closing(Token opening) {
        return switch (opening.getType()) {
            case GroovyLexer.LPAREN -> GroovyLexer.RPAREN;
            case GroovyLexer.LBRACE -> GroovyLexer.RBRACE;
            case GroovyLexer.LBRACK, GroovyLexer.SAFE_INDEX -> GroovyLexer.RBRACK;
            default -> 0;
        };
    }

    private static boolean isClosing(Token token) {
        return switch (token.getType()) {
            case GroovyLexer.RPAREN, GroovyLexer.RBRACE, GroovyLexer.RBRACK -> true;
            default -> false;
        };
    }

    private void collectTypes() {
        int types = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (declaresType(type(i)) || makesType(i)) {
                if (++types > MOST_TYPES) {
                    report(tokens.get(i), "more than " + MOST_TYPES + " types in one file");
                    return;
                }
            }
            if (declaresType(type(i)) && isIdentifier(i + 1)) {
                declaredTypes.add(tokens.get(i + 1).getText());
            }
        }
    }

    /** Whether {@code new x() { ... }} stands here, a type without a name. */
    private boolean makesType(int i) {
        int at = i + 1;
        while (type(i) == GroovyLexer.NEW && (isIdentifier(at) || type(at) == GroovyLexer.DOT)) {
            at++;
        }
        return at > i + 1 && type(at) == GroovyLexer.LPAREN && type(afterBracket(at)) == GroovyLexer.LBRACE;
    }

    private static boolean declaresType(int tokenType) {
        return switch (tokenType) {
            case GroovyLexer.CLASS, GroovyLexer.INTERFACE, GroovyLexer.ENUM, GroovyLexer.TRAIT -> true;
            default -> false;
        };
    }

    private void markType(int i) {
        boolean plain = type(i) == GroovyLexer.Identifier && type(i - 1) != GroovyLexer.DOT;
        if (!plain || !Marks.needsMark(tokens.get(i).getText())) {
            return;
        }
        if (declaresType(type(i - 1))) {
            return;
        }
        boolean tested = type(i - 1) == GroovyLexer.INSTANCEOF || type(i - 1) == GroovyLexer.NOT_INSTANCEOF;
        if (tested || declares(i)) {
            text.setCharAt(
                    tokens.get(i).getStartIndex(), Marks.mark(tokens.get(i).getText()));
        }
    }

    /** Whether the name is a type in front of what it declares. */
    private boolean declares(int i) {
        int next = i + 1;
        while (type(next) == GroovyLexer.LBRACK && type(next + 1) == GroovyLexer.RBRACK) {
            next += 2;
        }
        if (!isIdentifier(next)) {
            return false;
        }
        String name = tokens.get(i).getText();
        return isKnownType(name) || (beginsStatement(i) && !isFunction.test(name) && looksLikeDeclaration(next));
    }

    private boolean isKnownType(String name) {
        return declaredTypes.contains(name) || isType.test(name);
    }

    private boolean beginsStatement(int i) {
        return switch (type(i - 1)) {
            case -1,
                    GroovyLexer.NL,
                    GroovyLexer.SEMI,
                    GroovyLexer.LBRACE,
                    GroovyLexer.RBRACE,
                    GroovyLexer.STATIC,
                    GroovyLexer.FINAL -> true;
            default -> false;
        };
    }

    /** Whether a misspelt type is likelier before the name at {@code i} than a function that is called with it. */
    private boolean looksLikeDeclaration(int i) {
        return switch (type(i + 1)) {
            case -1, GroovyLexer.NL, GroovyLexer.SEMI, GroovyLexer.COMMA, GroovyLexer.ASSIGN -> true;
            case GroovyLexer.LPAREN -> type(afterBracket(i + 1)) == GroovyLexer.LBRACE;
            default -> false;
        };
    }

    private int afterBracket(int opening) {
        int depth = 0;
        for (int i = opening; i < tokens.size(); i++) {
            depth += isOpening(tokens.get(i)) ? 1 : isClosing(tokens.get(i)) ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    private void refuseC(int i) {
        Token token = tokens.get(i);
        String next = i + 1 < tokens.size() ? tokens.get(i + 1).getText() : "";
        switch (token.getType()) {
            case GroovyLexer.GOTO -> {
                String label = isIdentifier(i + 1) ? next : "label";
                report(
                        token,
                        "no 'goto': write 'break " + label + "' in a block that is labelled '" + label + ": { ... }'");
            }
            case GroovyLexer.CONST -> text.replace(token.getStartIndex(), token.getStopIndex() + 1, "final");
            case GroovyLexer.ARROW -> refuseArrow(i, token);
            case GroovyLexer.BITAND -> refuseAddressOf(i, token);
            case GroovyLexer.FloatingPointLiteral -> report(token, "no floating point in the kernel");
            case GroovyLexer.LBRACE -> refuseBraces(i, token);
            case GroovyLexer.RBRACE -> refuseLabelAtEnd(i);
            case GroovyLexer.IntegerLiteral -> refuseSuffix(i, token);
            case GroovyLexer.VOID, GroovyLexer.BuiltInPrimitiveType -> refuseDeclarator(i, token);
            case GroovyLexer.ELLIPSIS -> {
                if (!isIdentifier(i + 1)) {
                    report(token, "name what '...' takes: 'Object... values'");
                }
            }
            case GroovyLexer.AT -> refuseAnnotation(i, token, next);
            case GroovyLexer.TRY -> refuseResource(i, token);
            case GroovyLexer.StringLiteral, GroovyLexer.GStringBegin -> refuseNeighbour(i, token);
            default -> {
                if (token.getType() == GroovyLexer.ASYNC && type(i + 1) == GroovyLexer.LBRACE) {
                    report(token, "no 'async': queue a work item, or request a threaded interrupt");
                } else if (isIdentifier(i) && token.getText().indexOf('$') >= 0) {
                    // The names that the compiler makes have it.
                    report(token, "no '$' in a name");
                } else if (isIdentifier(i) && type(i - 1) != GroovyLexer.DOT) {
                    refuseDeclaration(i, token, next);
                }
            }
        }
    }

    /** C joins strings that stand side by side, and levels of messages with them. */
    private void refuseNeighbour(int i, Token token) {
        boolean level = isIdentifier(i - 1) && tokens.get(i - 1).getText().startsWith("KERN_");
        if (level || type(i - 1) == GroovyLexer.StringLiteral) {
            report(
                    token,
                    "strings side by side are joined with '+'" + (level ? "; or write pr_info() and its kin" : ""));
        }
    }

    private void refuseBraces(int i, Token token) {
        if (type(i + 1) == GroovyLexer.DOT) {
            report(token, "a designated initialiser is written '[name: value]'");
            return;
        }
        int before = i - 1;
        while (type(before) == GroovyLexer.NL) {
            before--;
        }
        boolean bare = type(before) == GroovyLexer.LBRACE
                || type(before) == GroovyLexer.RBRACE
                || type(before) == GroovyLexer.SEMI;
        if (bare) {
            report(token, "a block '{ ... }' needs 'if', a loop or a label before it");
        }
    }

    /** The parser would take offence at something far before. */
    private void refuseLabelAtEnd(int i) {
        int before = i - 1;
        while (type(before) == GroovyLexer.NL) {
            before--;
        }
        if (type(before) == GroovyLexer.COLON) {
            report(tokens.get(before), "label at the end of a block: write a statement after it, such as 'break'");
        }
    }

    private void refuseSuffix(int i, Token token) {
        int digits = token.getStopIndex() - token.getStartIndex() + 1;
        if (digits > LONGEST_NUMBER) {
            report(token, "a number of " + digits + " digits");
        }
        boolean attached = isIdentifier(i + 1) && tokens.get(i + 1).getStartIndex() == token.getStopIndex() + 1;
        if (attached) {
            report(
                    tokens.get(i + 1),
                    "no suffix '" + tokens.get(i + 1).getText() + "': the variable's type says how wide a number is");
        }
    }

    private void refuseDeclarator(int i, Token token) {
        String name = token.getText();
        if (type(i + 1) == GroovyLexer.MUL && isIdentifier(i + 2)) {
            String instead = switch (name) {
                case "void" -> "'Object " + tokens.get(i + 2).getText() + "'";
                case "char" ->
                    "'String " + tokens.get(i + 2).getText() + "' or 'ptr "
                            + tokens.get(i + 2).getText() + "'";
                default -> "'" + name + "[] " + tokens.get(i + 2).getText() + "' or a box such as 'u32_box'";
            };
            report(tokens.get(i + 1), "no '*': write " + instead);
        } else {
            refuseArray(i, name);
        }
    }

    private void refuseArray(int i, String type) {
        if (isIdentifier(i + 1) && type(i + 2) == GroovyLexer.LBRACK) {
            String name = tokens.get(i + 1).getText();
            report(tokens.get(i + 2), "no '" + name + "[]': write '" + type + "[] " + name + "'");
        }
    }

    private void refuseArrow(int i, Token token) {
        boolean tight = i > 0
                && i + 1 < tokens.size()
                && tokens.get(i - 1).getStopIndex() + 1 == token.getStartIndex()
                && token.getStopIndex() + 1 == tokens.get(i + 1).getStartIndex();
        if (tight && isIdentifier(i + 1)) {
            report(token, "no '->': write '." + tokens.get(i + 1).getText() + "'");
        }
    }

    private void refuseAddressOf(int i, Token token) {
        boolean unary = switch (type(i - 1)) {
            case GroovyLexer.LPAREN, GroovyLexer.COMMA, GroovyLexer.ASSIGN, GroovyLexer.RETURN -> true;
            default -> false;
        };
        if (unary) {
            report(token, "no '&': a struct is passed by its name, and its address is meant");
        }
    }

    private void refuseResource(int i, Token token) {
        if (type(i + 1) == GroovyLexer.LPAREN) {
            report(token, "no 'try (...)': undo in 'finally' what was done before 'try'");
        }
    }

    private void refuseAnnotation(int i, Token token, String next) {
        if (type(i - 1) == GroovyLexer.DOT) {
            report(token, "no '.@': a member is read and written as '." + next + "'");
            return;
        }
        boolean override = next.equals("Override") && type(i + 2) != GroovyLexer.DOT;
        if (!override) {
            report(token, "no annotations but @Override");
        }
    }

    private void refuseDeclaration(int i, Token token, String next) {
        switch (token.getText()) {
            case "struct", "union" -> {
                if (isIdentifier(i + 1)) {
                    report(token, "no '" + token.getText() + "': write '" + next + "' alone");
                }
            }
            case "unsigned", "signed" -> {
                if (isIdentifier(i + 1) || type(i + 1) == GroovyLexer.BuiltInPrimitiveType) {
                    report(token, "no '" + token.getText() + "': write u8, u16, u32, u64 or s8, s16, s32, s64");
                }
            }
            default -> refuseStar(i, token);
        }
    }

    private void refuseStar(int i, Token token) {
        if (isKnownType(token.getText())) {
            refuseArray(i, token.getText());
        }
        if (type(i + 1) == GroovyLexer.MUL && isIdentifier(i + 2) && isKnownType(token.getText())) {
            report(
                    tokens.get(i + 1),
                    "no '*': write '" + token.getText() + " "
                            + tokens.get(i + 2).getText() + "', every struct is a pointer");
        }
    }

    private int type(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).getType() : -1;
    }

    private boolean isIdentifier(int i) {
        return switch (type(i)) {
            case GroovyLexer.Identifier,
                    GroovyLexer.CapitalizedIdentifier,
                    GroovyLexer.VAL,
                    GroovyLexer.VAR,
                    GroovyLexer.MODULE,
                    GroovyLexer.RECORD,
                    GroovyLexer.ASYNC,
                    GroovyLexer.AWAIT,
                    GroovyLexer.DEFER,
                    GroovyLexer.TRAIT,
                    GroovyLexer.IN,
                    GroovyLexer.YIELD -> true;
            default -> false;
        };
    }

    private void report(Token token, String message) {
        diagnostics.add(token.getLine(), token.getCharPositionInLine() + 1, message);
    }
}
