package dev.tophalf.runtime.machine;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeToken.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts Devicetree source into words.
 *
 * <p>What a character means depends on where it stands: {@code 10} is a name in a node, a number in a cell and a byte
 * in a bytestring. The parser says which of the three it wants; a word that was only looked at is read again when it is
 * wanted otherwise.
 */
final class DevicetreeLexer {

    /** Where in the source the next word stands. */
    enum Mode {
        NODE,
        VALUE,
        BYTES
    }

    private static final CharMatcher LETTER = CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('A', 'Z'));
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final CharMatcher HEX_DIGIT =
            DIGIT.or(CharMatcher.inRange('a', 'f')).or(CharMatcher.inRange('A', 'F'));
    private static final CharMatcher NAME = LETTER.or(DIGIT).or(CharMatcher.anyOf(",._+*#?@-"));
    private static final CharMatcher LABEL = LETTER.or(DIGIT).or(CharMatcher.is('_'));
    private static final ImmutableList<String> DIRECTIVES = ImmutableList.of(
            "/dts-v1/", "/memreserve/", "/bits/", "/delete-node/", "/delete-property/", "/plugin/", "/omit-if-no-ref/");
    private static final ImmutableList<String> LONG_SYMBOLS =
            ImmutableList.of("<<", ">>", "<=", ">=", "==", "!=", "&&", "||");

    private final DevicetreeCharacters source;
    private @Nullable DevicetreeToken peeked;
    private Mode peekedMode = Mode.NODE;
    private int peekedEnd;

    DevicetreeLexer(String source, String fileName) {
        this.source = new DevicetreeCharacters(source, fileName);
    }

    /** Looks at the next word and leaves it there. */
    DevicetreeToken peek(Mode mode) {
        DevicetreeToken token = peeked;
        if (token == null || peekedMode != mode) {
            int start = source.offset();
            token = read(mode);
            peeked = token;
            peekedMode = mode;
            peekedEnd = source.offset();
            source.moveTo(start);
        }
        return token;
    }

    DevicetreeToken next(Mode mode) {
        DevicetreeToken token = peek(mode);
        source.moveTo(peekedEnd);
        peeked = null;
        return token;
    }

    private DevicetreeToken read(Mode mode) {
        source.skipBlanks();
        source.refuseDirectives();
        int start = source.offset();
        if (source.atEnd()) {
            return token(Kind.END, "", start);
        }
        if (source.at('"')) {
            return token(Kind.STRING, DevicetreeText.string(source), start);
        }
        if (source.at('/')) {
            return directiveOrSlash(start);
        }
        if (source.at('&') && (source.at(1, '{') || source.matches(1, LETTER.or(CharMatcher.is('_'))))) {
            return reference(start);
        }
        return switch (mode) {
            case NODE -> nodeWord(start);
            case VALUE -> valueWord(start);
            case BYTES -> bytesWord(start);
        };
    }

    private DevicetreeToken directiveOrSlash(int start) {
        for (String directive : DIRECTIVES) {
            if (source.takeIf(directive)) {
                return token(Kind.DIRECTIVE, directive, start);
            }
        }
        return symbol(start);
    }

    private DevicetreeToken reference(int start) {
        source.skip(1);
        if (!source.at('{')) {
            return token(Kind.REFERENCE, source.takeWhile(LABEL), start);
        }
        source.skip(1);
        String path = source.takeWhile(NAME.or(CharMatcher.is('/')));
        if (!source.takeIf("}")) {
            throw source.problemAt(source.offset(), "expected '}' after the path '&{" + path + "'");
        }
        return token(Kind.REFERENCE, path, start);
    }

    private DevicetreeToken nodeWord(int start) {
        if (source.at('\\') && source.matches(1, NAME)) {
            source.skip(1);
        }
        DevicetreeToken label = labelOrNull(start);
        if (label != null) {
            return label;
        }
        String name = source.takeWhile(NAME);
        return name.isEmpty() ? symbol(start) : token(Kind.NAME, name, start);
    }

    private DevicetreeToken valueWord(int start) {
        if (source.matches(0, DIGIT)) {
            return number(start);
        }
        if (source.at('\'')) {
            return token(Kind.NUMBER, "", DevicetreeText.character(source), start);
        }
        DevicetreeToken label = labelOrNull(start);
        if (label != null) {
            return label;
        }
        if (source.matches(0, LETTER.or(CharMatcher.anyOf("_#")))) {
            return token(Kind.NAME, source.takeWhile(NAME), start);
        }
        return symbol(start);
    }

    private DevicetreeToken bytesWord(int start) {
        DevicetreeToken label = labelOrNull(start);
        if (label != null) {
            return label;
        }
        if (source.matches(0, HEX_DIGIT) && source.matches(1, HEX_DIGIT)) {
            source.skip(2);
            return token(Kind.BYTE, "", Long.parseLong(source.since(start), 16), start);
        }
        String name = source.takeWhile(NAME);
        return name.isEmpty() ? symbol(start) : token(Kind.NAME, name, start);
    }

    private @Nullable DevicetreeToken labelOrNull(int start) {
        if (source.matches(0, DIGIT)) {
            return null;
        }
        int before = source.offset();
        String label = source.takeWhile(LABEL);
        if (!label.isEmpty() && source.takeIf(":")) {
            return token(Kind.LABEL, label, start);
        }
        source.moveTo(before);
        return null;
    }

    private DevicetreeToken number(int start) {
        String written = source.takeWhile(LETTER.or(DIGIT).or(CharMatcher.is('_')));
        String digits = CharMatcher.anyOf("UL").trimTrailingFrom(written);
        String suffix = written.substring(digits.length());
        boolean isHex = digits.toLowerCase(Locale.ROOT).startsWith("0x");
        boolean isOctal = !isHex && digits.length() > 1 && digits.startsWith("0");
        try {
            if (!ImmutableList.of("", "U", "L", "UL", "LL", "ULL").contains(suffix)) {
                throw new NumberFormatException(suffix);
            }
            int radix = isHex ? 16 : isOctal ? 8 : 10;
            long value = Long.parseUnsignedLong(isHex ? digits.substring(2) : digits, radix);
            return token(Kind.NUMBER, "", value, start);
        } catch (NumberFormatException e) {
            throw source.problemAt(start, "expected a number of at most 64 bits, found '" + written + "'");
        }
    }

    private DevicetreeToken symbol(int start) {
        for (String symbol : LONG_SYMBOLS) {
            if (source.takeIf(symbol)) {
                return token(Kind.SYMBOL, symbol, start);
            }
        }
        source.skip(1);
        return token(Kind.SYMBOL, source.since(start), start);
    }

    private DevicetreeToken token(Kind kind, String text, int start) {
        return token(kind, text, 0, start);
    }

    private DevicetreeToken token(Kind kind, String text, long value, int start) {
        return new DevicetreeToken(kind, text, value, source.since(start), source.position(start));
    }
}
