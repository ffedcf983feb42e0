package dev.tophalf.runtime.script.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Writes scripts with one byte for each token. Printable ASCII, tabs and line ends stand for themselves, every other
 * byte for a word, an operator or an idiom. So whatever a fuzzer does to bytes is done to tokens: it cannot break a word
 * in two, and no shift turns the rest of the text into noise.
 */
public final class Alphabet {
    private static final List<String> KEYWORDS = List.of(
            "static ",
            "class ",
            "enum ",
            "interface ",
            " extends ",
            "return ",
            "if (",
            "else ",
            "while (",
            "for (",
            "for (;;) ",
            "do ",
            "switch (",
            "case ",
            "default: ",
            "break",
            "continue",
            "try { ",
            "} catch (Exception e) { ",
            "} finally { ",
            "throw new ",
            "new ",
            " instanceof ",
            " in ",
            "this",
            "super",
            "null",
            "true",
            "false",
            "final ",
            "import ",
            "package ",
            "synchronized ",
            "assert ");

    private static final List<String> TYPES = List.of(
            "void ",
            "int ",
            "long ",
            "bool ",
            "char ",
            "byte ",
            "short ",
            "u8 ",
            "u16 ",
            "u32 ",
            "u64 ",
            "s8 ",
            "String ",
            "Object ",
            "int[] ",
            "u8[] ",
            "List<Integer> ",
            "Map<String, Integer> ",
            "device ",
            "ptr ",
            "__iomem ",
            "spinlock_t ",
            "mutex ",
            "irq_handler_t ",
            "work_struct ",
            "def ",
            "var ",
            "StringBuilder ",
            "float ",
            "(int) ",
            "(u8) ",
            "(Object) ");

    private static final List<String> OPERATORS = List.of(
            "?.", "?:", "->", "..", "..<", "++", "--", "+=", "-=", "<<=", "|=", "/=", "<<", ">>", ">>>", "==", "!=",
            "===", "<=", ">=", "&&", "||", " !in ", "=~", "==~", "**", "::", ".&", "*.", "...", "?[", "<=>", " as ",
            ".@", "?=");

    private static final List<String> IDIOMS = List.of(
            "printk(",
            "kzalloc(",
            "READ_ONCE(",
            "WRITE_ONCE(",
            "xchg(",
            "cmpxchg(",
            "container_of(",
            "list_for_each_entry(",
            "DEFINE_MUTEX(",
            "module_init(",
            "spin_lock(",
            "jiffies",
            "GFP_KERNEL",
            "int x = 1\n",
            "static int f(int n) { return n }\n",
            "class s { int n; s next }\n",
            "(int irq, Object dev) ",
            "{ it + 1 }",
            "[a: 1, b: 2]",
            "[1, 2, 3]",
            ".each { ",
            ".collect { ",
            ".inject(0) { a, b -> ",
            ".sort { a, b -> a <=> b }",
            "<T> ",
            "def f = { int x -> ",
            "int... n",
            "out: { break out }\n",
            "\"${",
            "'''",
            "\"\"\"",
            "/*",
            "*/",
            "//",
            "0xffffffff",
            "0x8000000000000000",
            "1.5",
            "'a'",
            ".value",
            ".length",
            "@Override ",
            "x = x");

    /** The marks of types and what else may end a line, a word or an encoder. */
    private static final List<String> LETTERS = List.of(
            "\r", "\f", "\0", "\u00e9", "\u200b", "\ufeff", "\ud800", "\udc00", "\u0394x", "\uff21", "\uff53",
            "\\u0041", "\\u", "\u2028", "\u0085", "\u001a");

    private static final String[] TEXTS = new String[256];
    private static final List<Integer> LONGEST_FIRST = new ArrayList<>();

    static {
        List<String> tokens = new ArrayList<>();
        List.of(KEYWORDS, TYPES, OPERATORS, IDIOMS, LETTERS).forEach(tokens::addAll);
        int next = 0;
        for (int code = 0; code < 256; code++) {
            if (isPlain(code)) {
                TEXTS[code] = String.valueOf((char) code);
            } else {
                TEXTS[code] = tokens.get(next++ % tokens.size());
                LONGEST_FIRST.add(code);
            }
        }
        if (next < tokens.size()) {
            throw new IllegalStateException(tokens.size() + " tokens; " + next + " bytes are left for them");
        }
        LONGEST_FIRST.sort(Comparator.comparingInt(code -> -TEXTS[code].length()));
    }

    private Alphabet() {}

    private static boolean isPlain(int code) {
        return code == '\t' || code == '\n' || (code >= ' ' && code <= '~');
    }

    /** How many bytes there are to choose from. */
    public static int size() {
        return TEXTS.length;
    }

    /** What the bytes say. */
    public static String decode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(TEXTS[each & 0xff]);
        }
        return text.toString();
    }

    /** The shortest bytes, nearly, that say {@code text}; letters outside of the alphabet become a question mark. */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int code = longestAt(text, at);
            bytes.write(code);
            at += code == '?' ? 1 : TEXTS[code].length();
        }
        return bytes.toByteArray();
    }

    private static int longestAt(String text, int at) {
        for (int code : LONGEST_FIRST) {
            if (text.startsWith(TEXTS[code], at)) {
                return code;
            }
        }
        return isPlain(text.charAt(at)) ? text.charAt(at) : '?';
    }

    /** The words of {@code names} as a dictionary of libFuzzer. */
    public static String dictionary(List<String> names) {
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            if (Arrays.equals(encode(name), bytes)) {
                lines.append('"').append(name).append("\"\n");
            }
        }
        return lines.toString();
    }
}
