package dev.tophalf.runtime.script.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Writes scripts at random that should compile: every operator between every pair of types, every statement within
 * every other. It finds what a mutation of a sample is too shallow to reach. The same seed makes the same texts.
 */
public final class Generator {
    private static final String PRELUDE = """
            enum colour { RED, GREEN(5) }
            interface op { long apply(int a, long b) }
            class base { int n; u8 small; long[] history = new long[4] }
            class node extends base { u32 wide; u64 big; bool on; String name; node next; spinlock_t lock; u8[] bytes }
            DEFINE_MUTEX(m)
            int count = 3
            u16 shorts = 65535
            u64 huge = 0xfffffffffffffff0
            node head = new node()
            List<Integer> list = [1, 2, 3]
            Map<String, Integer> map = [a: 1]
            static long twice(int a, long b) { return a * 2 + b }
            static u8 low(int a) { return a }
            class pair<T> { T first; T second; pair<T> more; class inner { int n } }
            pair<Integer> both = [first: 1, second: 2]
            static int many(int... all) { return all.length }
            static <T> T either(T a, T b) { return a ?: b }
            static node make(int n) { return [n: n, wide: n, name: 'x'] }
            static int f(int i, u8 b, u32 u, u64 q, bool t, String s, node p, u8[] a, Object o) {
            """;

    private static final List<String> LOCALS = List.of("i", "b", "u", "q", "list[0]", "map['a']", "both.first");
    private static final List<String> SHARED = List.of(
            "count",
            "shorts",
            "huge",
            "p.n",
            "p.small",
            "p.wide",
            "p.big",
            "a[1]",
            "p.history[1]",
            "head.wide",
            "p.next.small");
    private static final List<String> NUMBERS =
            Stream.of(LOCALS, SHARED).flatMap(List::stream).toList();
    private static final List<String> LITERALS = List.of(
            "0",
            "1",
            "-1",
            "7",
            "255",
            "0xff",
            "0xffffffff",
            "0x80000000",
            "0xffffffffffffffff",
            "'c'",
            "jiffies",
            "-ENOMEM",
            "colour.GREEN",
            "010");
    private static final List<String> BINARY =
            List.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<", ">", "<=", ">=", "&&", "||");
    private static final List<String> ASSIGNMENTS =
            List.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=");
    private static final List<String> UNARY = List.of("-", "~", "!", "+");
    private static final List<String> CASTS = List.of("int", "u8", "s8", "u16", "u32", "u64", "long", "bool", "char");

    private final SplittableRandom random;
    private StringBuilder text = new StringBuilder();
    private int names;
    private int loops;
    private int labels;

    public Generator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The next text. */
    public String next() {
        text = new StringBuilder(PRELUDE);
        names = 0;
        loops = 0;
        labels = 0;
        block(3, 2 + random.nextInt(6));
        text.append("return ").append(number(2)).append("\n}\n");
        text.append("f(6, 1, 2, 3, true, 'abc', make(4), new u8[4], head)\n");
        return text.toString();
    }

    private void block(int depth, int statements) {
        for (int i = 0; i < statements; i++) {
            statement(depth);
            text.append('\n');
        }
    }

    private void nested(String head, int depth) {
        text.append(head).append(" {\n");
        block(depth - 1, 1 + random.nextInt(2));
        text.append('}');
    }

    private void statement(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            compound(depth);
        } else {
            simple();
        }
    }

    private void simple() {
        switch (random.nextInt(15)) {
            case 0 -> declare();
            case 13 ->
                text.append("(i, u) = [")
                        .append(number(1))
                        .append(", ")
                        .append(number(1))
                        .append(']');
            case 1, 2 ->
                text.append(pick(NUMBERS))
                        .append(' ')
                        .append(pick(ASSIGNMENTS))
                        .append(' ')
                        .append(number(2));
            case 3 -> text.append(pick(NUMBERS)).append(random.nextBoolean() ? "++" : "--");
            case 4 -> text.append("printk('%d', ").append(number(2)).append(')');
            case 5 ->
                text.append("if (").append(condition(2)).append(") return ").append(number(1));
            case 6 -> text.append(jump());
            case 7 -> text.append("s = ").append(string(2));
            case 8 -> text.append("p = ").append(struct(2));
            case 9 -> text.append("o = ").append(random.nextBoolean() ? "a" : struct(1));
            case 10 ->
                text.append("WRITE_ONCE(")
                        .append(pick(SHARED))
                        .append(", ")
                        .append(number(1))
                        .append(')');
            case 11 -> text.append("list << ").append(number(1));
            case 12 ->
                text.append("throw new IllegalStateException(")
                        .append(string(1))
                        .append(')');
            default ->
                text.append(pick(NUMBERS))
                        .append(" = ")
                        .append(pick(NUMBERS))
                        .append(" = ")
                        .append(number(1));
        }
    }

    private void declare() {
        String name = "v" + names++;
        switch (random.nextInt(7)) {
            case 5 -> text.append("def ").append(name).append(" = ").append(list(1));
            case 6 ->
                text.append("def ")
                        .append(name)
                        .append(" = { int x -> ")
                        .append(assignment())
                        .append("\nx + ")
                        .append(number(1))
                        .append(" }\n")
                        .append(name)
                        .append("(3)");
            case 0 -> text.append("var ").append(name).append(" = ").append(number(2));
            case 1 -> text.append("String ").append(name).append(" = ").append(string(2));
            case 2 -> text.append("op ").append(name).append(" = ").append(pointer());
            case 3 ->
                text.append("int[] ")
                        .append(name)
                        .append(" = [")
                        .append(number(1))
                        .append(", 2]");
            default ->
                text.append(pick(CASTS)).append(' ').append(name).append(" = ").append(number(2));
        }
    }

    private String pointer() {
        return random.nextBoolean() ? "twice" : "{ int x, long y -> x + y + " + number(0) + " }";
    }

    private String jump() {
        if (labels > 0 && random.nextBoolean()) {
            return "break l" + random.nextInt(labels);
        }
        return loops > 0 ? random.nextBoolean() ? "break" : "continue" : ";";
    }

    private void compound(int depth) {
        switch (random.nextInt(12)) {
            case 8 -> looping(list(1) + ".each { x" + names++ + " ->", depth);
            case 9 -> looping(pick(List.of("3.times {", "map.each { k, v ->", "both.second.times {")), depth);
            case 0 -> {
                nested("if (" + condition(2) + ")", depth);
                nested(" else", depth);
            }
            case 1 -> loop("while (" + condition(1) + ")", depth);
            case 2 -> loop("for (int k" + names + " = 0; k" + names + " < 3; k" + names++ + "++)", depth);
            case 3 ->
                loop("for (x" + names++ + " in " + pick(List.of("list", "a", "0..3", "map", "p.history")) + ")", depth);
            case 4 -> tryCatch(depth);
            case 5 -> choice(depth);
            case 6 -> {
                nested("l" + labels++ + ":", depth);
                labels--;
            }
            case 7 -> {
                loops++;
                nested("do", depth);
                loops--;
                text.append(" while (").append(condition(1)).append(')');
            }
            case 10 -> loop("for (;;)", depth);
            default -> nested("if (" + condition(2) + ")", depth);
        }
    }

    /** A block of code that a library function calls; no loop or label around it can be left from inside. */
    private void looping(String head, int depth) {
        int outerLoops = loops;
        int outerLabels = labels;
        loops = 0;
        labels = 0;
        text.append(head).append('\n');
        block(depth - 1, 2);
        text.append('}');
        loops = outerLoops;
        labels = outerLabels;
    }

    private String assignment() {
        return pick(NUMBERS) + " " + pick(ASSIGNMENTS) + " " + number(1);
    }

    private String list(int depth) {
        if (depth == 0) {
            return pick(List.of("list", "[3, 1, 2]", "(1..4)", "a.toList()", "map.values().toList()"));
        }
        String from = list(depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> from + ".collect { it + " + number(0) + " }";
            case 1 -> from + ".findAll { " + assignment() + "\nit > 1 }";
            case 2 -> from + ".sort { x, y -> y <=> x }";
            case 3 -> "(" + from + pick(List.of(" + ", " - ")) + list(0) + ")";
            case 4 -> from + ".sort { -it }";
            case 5 -> from + pick(List.of(".reverse()", ".take(2)", ".unique()", "[0..1]"));
            default -> from;
        };
    }

    private void loop(String head, int depth) {
        loops++;
        nested(head, depth);
        loops--;
    }

    private void tryCatch(int depth) {
        nested("try", depth);
        boolean catches = random.nextBoolean();
        if (catches) {
            nested(
                    " catch (" + pick(List.of("Exception", "ArithmeticException", "Throwable")) + " e" + names++ + ")",
                    depth);
        }
        if (!catches || random.nextBoolean()) {
            nested(" finally", depth);
        }
    }

    private void choice(int depth) {
        boolean byText = random.nextInt(4) == 0;
        text.append("switch (").append(byText ? string(1) : number(1)).append(") {\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("case ").append(byText ? "'a" + i + "'" : i).append(":\n");
            block(depth - 1, random.nextInt(2));
            text.append(i == 0 || random.nextBoolean() ? "break\n" : "");
        }
        if (random.nextBoolean()) {
            text.append("default:\n");
            block(depth - 1, 1);
        }
        text.append('}');
    }

    private String number(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? pick(LITERALS) : pick(NUMBERS);
        }
        int less = depth - 1;
        return switch (random.nextInt(17)) {
            case 12 -> "many(" + number(less) + pick(List.of(")", ", 2)", ", i, u)"));
            case 13 -> "either(" + number(0) + ", " + number(0) + ")";
            case 14 ->
                list(1)
                        + pick(List.of(
                                ".inject(0) { x, y -> x + y }",
                                ".sum()",
                                ".count { it > 1 }",
                                ".find { it > 1 }",
                                ".max()",
                                ".size()"));
            case 0 -> "(" + pick(CASTS) + ") " + "(" + number(less) + ")";
            case 1 -> pick(UNARY) + "(" + number(less) + ")";
            case 2 -> "(" + condition(less) + " ? " + number(less) + " : " + number(less) + ")";
            case 3 -> pick(List.of("low(", "twice(1, ")) + number(less) + ")";
            case 4 -> "(" + pick(NUMBERS) + " " + pick(ASSIGNMENTS) + " " + number(less) + ")";
            case 5 -> random.nextBoolean() ? pick(NUMBERS) + "++" : "--" + pick(NUMBERS);
            case 6 -> lvalueMacro();
            case 7 -> "(" + string(less) + " + s).length()";
            case 8 -> struct(less) + (random.nextBoolean() ? "?." : ".") + pick(List.of("n", "small", "big", "wide"));
            case 9 -> "a[" + number(less) + "]";
            case 10 -> pick(List.of("list.size()", "Math.max(1, 2)", "a.length", "Integer.bitCount(i)", "s.length()"));
            case 11 -> "(" + number(less) + " ?: " + number(less) + ")";
            default -> "(" + number(less) + " " + pick(BINARY) + " " + number(less) + ")";
        };
    }

    private String condition(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> pick(List.of("t", "p", "s", "o", "a", "list", "p.on", "!p", "colour.RED"));
            case 1 -> struct(0) + pick(List.of(" == ", " != ")) + struct(0);
            case 2 -> string(0) + pick(List.of(" == ", " != ")) + string(0);
            case 3 -> pick(List.of("o instanceof node", "o !instanceof base", "3 in list", "'a' in map", "o == null"));
            case 4 -> depth == 0 ? "true" : "!(" + condition(depth - 1) + ")";
            case 5 -> depth == 0 ? "false" : condition(depth - 1) + " && " + condition(depth - 1);
            default -> number(depth);
        };
    }

    private String string(int depth) {
        return switch (random.nextInt(8)) {
            case 6 -> list(depth) + ".join(',')";
            case 7 ->
                "s" + pick(List.of(".padLeft(5)", " * 2", "[0]", "[0..1]", ".reverse()", ".toUpperCase()", ".take(2)"));
            case 0 -> "s";
            case 1 -> "'abc'";
            case 2 -> depth == 0 ? "p.name" : "\"a${" + number(depth - 1) + "}b${s}\"";
            case 3 -> depth == 0 ? "''" : "(" + string(depth - 1) + " + " + number(depth - 1) + ")";
            case 4 -> "s.trim()";
            default -> depth == 0 ? "null" : "(" + condition(depth - 1) + " ? " + string(0) + " : " + string(0) + ")";
        };
    }

    private String struct(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> "p";
            case 1 -> "head";
            case 2 -> "p.next";
            case 3 -> "p?.next";
            case 4 -> depth == 0 ? "null" : "make(" + number(depth - 1) + ")";
            case 5 -> depth == 0 ? "head.next" : "(" + condition(depth - 1) + " ? p : head)";
            default -> "((node) o)";
        };
    }

    private String lvalueMacro() {
        return switch (random.nextInt(3)) {
            case 0 -> "READ_ONCE(" + pick(SHARED) + ")";
            case 1 -> "xchg(" + pick(SHARED) + ", " + number(1) + ")";
            default -> "cmpxchg(" + pick(SHARED) + ", " + number(0) + ", " + number(0) + ")";
        };
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
