package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.weave.WeaveOptions
import spock.lang.Specification

/** What a driver's author brings from Groovy, through every stage. */
class OrdinaryGroovySpec extends Specification {
    static final COMPILER = new ScriptCompiler(
            TestKernel.api(), new dev.tophalf.runtime.trace.Sites(),
            CompileOptions.DEFAULT.withWeave(WeaveOptions.DEFAULT.withHooks(TestHooks.NAME)))

    def setup() {
        TestHooks.reset(100_000)
        TestKernel.LOG.clear()
    }

    static Object run(String text) {
        COMPILER.compile(new ScriptSource('test.groovy', text.stripIndent()), Scope.EMPTY).load().run()
    }

    static List<String> errors(String text) {
        try {
            run(text)
            return []
        } catch (ScriptRejectedException e) {
            return e.diagnostics()*.message()
        }
    }

    def "a block sees and changes the variables around it: #body gives #value"() {
        expect:
        run("static int f(int given) {\n$body\n}\nf(3)") == value

        where:
        body                                                                                        || value
        'int n = 0; [1, 2, 3].each { n += it }; return n'                                           || 6
        'int n = 0; [1, 2].each { x -> [10, 20].each { n += x * it } }; return n'                   || 90
        'long n = 1; 4.times { n *= 2 }; return n'                                                  || 16
        'u8 n = 250; 10.times { n++ }; return n'                                                    || 4
        'u32 n = 0; 2.times { n-- }; return n == 0xFFFFFFFE ? 1 : 0'                                || 1
        'String s = ""; ["a", "b"].each { s += it }; return s == "ab" ? 1 : 0'                      || 1
        'boolean seen = false; [1, 2].each { if (it == 2) seen = true }; return seen ? 1 : 0'       || 1
        '[1, 2].each { given += it }; return given'                                                 || 6
        'List<Integer> l = []; for (x in 1..3) { l.add(x) }; l = l.collect { it + 1 }; return l[2]' || 4
        'int n = 5; def get = { -> n }; n = 7; return get()'                                        || 7
        'int n = 0; def inc = { int by -> n += by; return n }; inc(2); inc(3); return n'            || 5
        'int n = 0; def twice = { int x -> def d = { int y -> n++; return y * 2 }; return d(d(x)) }; return twice(1) + n' || 6
        'try { throw new IllegalStateException("x") } catch (Exception e) { String m = ""; [1].each { m = e.getMessage() }; return m.length() }\n return 0' || 1
        'for (int i = 0; i < 3; i++) { [1].each { given += i } }; return given'                     || 6
        'List<Object> l = [1]; Object last = null; l.each { last = it }; return last ? 1 : 0'       || 1
    }

    def "a method's parameters and a constructor's can be shared with blocks"() {
        expect:
        run('''\
            class counter {
                int n
                counter(int start) { [1, 2].each { start += it }; n = start }
                int add(int by) { [10, 20].each { by += it; n++ }; return n + by }
            }
            counter c = new counter(4)
            c.add(5)
            ''') == 9 + 35
    }

    def "#code is #value"() {
        expect:
        run(code) == value

        where:
        code                                                                    || value
        '[3, 1, 2].collect { it * 2 }.join(",")'                                || '6,2,4'
        '[3, 1, 2].sort().join(" ")'                                            || '1 2 3'
        '[3, 1, 2].sort { -it }.join(" ")'                                      || '3 2 1'
        '[3, 1, 2].sort { a, b -> b <=> a }.join(" ")'                          || '3 2 1'
        '["bb", "a"].sort { it.length() }.join()'                               || 'abb'
        '[1, 2, 3, 4].findAll { it % 2 == 0 }.size()'                           || 2
        '[1, 2, 3].find { it > 1 }'                                             || 2
        '[1, 2, 3].findIndexOf { it == 3 }'                                     || 2
        '[1, 2, 3].any { it > 2 } && [1, 2].every { it > 0 }'                   || true
        '[1, 2, 3].inject { a, b -> a + b }'                                    || 6
        '[1, 2, 3].inject(10) { all, x -> all + x }'                            || 16
        '["a", "b"].inject("") { all, x -> all + x }'                           || 'ab'
        '[1, 2, 3].sum()'                                                       || 6L
        '["a", "bb"].sum { it.length() }'                                       || 3L
        '[1, 5, 2].max() - [1, 5, 2].min()'                                     || 4
        '["a", "ccc", "bb"].max { it.length() }'                                || 'ccc'
        '[1, 2, 2].count { it == 2 }'                                           || 2
        'List<Integer> l = [1, 2, 2, 1]\nl.unique().join()'                     || '12'
        '[1, 2, 3].reverse().join()'                                            || '321'
        '[1, 2, 3].first() + [1, 2, 3].last()'                                  || 4
        '[1, 2, 3].take(2).join() + [1, 2, 3].drop(2).join()'                   || '123'
        '([1, 2] + [3]).join() + ([1, 2] + 9).join() + ([1, 2, 3] - 2).join()'  || '12312913'
        '([1, 2, 3] - [1, 3])[0]'                                               || 2
        '[1, 2] == [1, 2] && [1] != [2] && !([1] == [1, 2])'                    || true
        '[1, 2, 3, 4][1..2].join()'                                             || '23'
        '[1, 2, 3].groupBy { it % 2 }.size()'                                   || 2
        '["x", "yy", "zz"].groupBy { it.length() }[2].join()'                   || 'yyzz'
        'int n = 0\n[5, 6].eachWithIndex { x, i -> n += x * i }\nn'             || 6
        '(1..4).sum()'                                                          || 10L
        '(1..<4).collect { it * it }.join(" ")'                                 || '1 4 9'
        '(3..1).join()'                                                         || '321'
        'int n = 0\n(0..<n).size()'                                             || 0
        '5 in 1..9 && !(0 in 1..9) && 3 in [1, 3]'                              || true
        'int[] a = [4, 5]\na.collect { it + 1 }.join() + a.sum()'               || '569'
        'u8[] a = [200, 1]\na.max()'                                            || 200
        'u32[] a = [0xFFFFFFFF, 1]\na.sum()'                                    || 0x100000000L
        'int[] a = [4, 5]\n5 in a'                                              || true
        'int n = 0\n3.times { n += it }\nn'                                     || 3
        'int n = 0\n2.upto(4) { n += it }\n4.downto(3) { n += it }\nn'          || 16
        'Map<String, Integer> m = [a: 1, b: 2]\nint n = 0\nm.each { k, v -> n += v }\nn'  || 3
        'Map<String, Integer> m = [a: 1, b: 2]\nint n = 0\nm.each { n += it.value }\nn'   || 3
        'Map<String, Integer> m = [a: 1, b: 2]\nm.collect { k, v -> k + v }.join(" ")'    || 'a1 b2'
        'Map<String, Integer> m = [a: 1, b: 2]\nm.find { it.value == 2 }.key'             || 'b'
        'Map<String, Integer> m = [a: 1, b: 2]\nm.findAll { k, v -> v > 1 }.size()'       || 1
        'Map<String, Integer> m = [a: 1, b: 2]\nm.any { k, v -> v > 1 } && m.every { it.value > 0 }' || true
        '"a,b,,".split(",").length'                                             || 2
        '"a b  c".tokenize().size()'                                            || 3
        '"a-b_c".tokenize("-_").join()'                                         || 'abc'
        '" 42 ".toInteger() + "7".toLong()'                                     || 49L
        '"7".isInteger() && !"x".isInteger()'                                   || true
        '"abc".toUpperCase() + "ABC".toLowerCase() + "abc".capitalize()'        || 'ABCabcAbc'
        '"abc".reverse() + "abc".size()'                                        || 'cba3'
        '"7".padLeft(3, "0") + "x".padRight(3) + "|"'                           || '007x  |'
        '"-" * 3 + "ab" * 2'                                                    || '---abab'
        '"abcd"[1] + "abcd"[2..3]'                                              || 'bcd'
        '"abcd"[0] == "a"'                                                      || true
        '"a.b.c".replace(".", "::")'                                            || 'a::b::c'
        '"banana".count("an")'                                                  || 2
        '"AB".bytes[1]'                                                         || 66
        '[1, 2].contains(2) && "b" in ["a", "b"]'                               || true
        'static int f(int a, Object b) { return a }\nhandler_t h = f\nh == f && f == h && !(h != f)' || true
        '"${[1, "a", [2]]} ${[a: 1, b: [2]]}"'                                  || '[1, a, [2]] [a:1, b:[2]]'
        'List<Object> l = [1]\nl.add(l)\n"$l".length() < 60'                    || true
        '3 <=> 4'                                                               || -1
        '"b" <=> "a"'                                                           || 1
        '(u32) 0xFFFFFFFF <=> 1'                                                || 1
        'def twice = { int x -> x * 2 }\ntwice(4) + twice.call(1)'              || 10
        'def hello = { -> "hi" }\nhello()'                                      || 'hi'
        'List<String> l = null\nl?.size() == null'                              || true
        'List<Integer> l = [1]\nl.addAll([2, 3])\nl.removeAll { it == 2 }\nl.join()'      || '13'
        '[1, 2, 3].toSet().size()'                                              || 3
        'class b { int n }\nb x = new b(n: 3)\nb y = new b(n: 1)\n[x, y].sort { it.n }[0].n'    || 1
        'class b { int n }\n[new b(n: 3), new b(n: 4)].collect { it.n }.sum()'  || 7L
        'class b { int n }\nb[] a = [new b(n: 3), new b(n: 4)]\na.find { it.n == 4 }.n'   || 4
    }

    def "structs, functions and variables: #code is #value"() {
        expect:
        run(code) == value

        where:
        code                                                                                        || value
        'static int sum(int... all) { int n = 0; for (x in all) n += x; return n }\nsum() + sum(1) + sum(2, 3)' || 6
        'static int sum(int... all) { return all.sum() }\nint[] a = [4, 5]\nsum(a)'                 || 9
        'static String f(String head, Object... all) { return head + all.length }\nf("n", 1, "x")'  || 'n2'
        'static String f(String head, Object... all) { return head + all.length }\nint n = 3\nf("n${n}-", 1)' || 'n3-1'
        'static int f(int[] all) { return all.length }\nf([1, 2])'                                  || 2
        'class outer { static class inner { int n = 3 }\n inner i = new inner() }\nnew outer().i.n'  || 3
        'class outer { class inner { int n = 3 } }\nouter.inner i = new inner()\ni.n'               || 3
        'class outer { enum state { IDLE, BUSY }\n int n = BUSY }\nnew outer().n + BUSY'            || 2
        'class node<T> { T value; node<T> next }\nnode<Integer> n = [value: 3]\nn.next = [value: 4]\nn.value + n.next.value' || 7
        'List<u32> l = [0xFFFFFFFF]\nl[0] + 1 == 0 && l[0] / 2 == 0x7FFFFFFF'                        || true
        'class node<T> { T value }\nnode<Integer> n = new node<>()\nn.value = 3\nn.value++\nn.value'  || 4
        'class box<T> { T v\n box(T v) { this.v = v }\n T get() { return v } }\nbox<String> b = new box<String>("x")\nb.get() + b.v.length()' || 'x1'
        'class box<T> { T v }\nclass ints extends box<Integer> { int twice() { return v * 2 } }\nnew ints(v: 4).twice()' || 8
        'class box<T> { T v }\nbox<u32> b = [v: 0xFFFFFFFF]\nb.v + 1 == 0'                           || true
        'static <T> T second(List<T> l) { return l[1] }\nsecond([1, 2]) + second(["a", "b"])'        || '2b'
        'static <T> int many(List<T> l) { int n = 0; l.each { n++ }; return n }\nmany([1, 2])'       || 2
        'def (a, b) = [1, 2]\na + b'                                                                || 3
        'static int f() { def (int a, String b) = [1, "x"]\n return a + b.length() }\nf()'          || 2
        'int a = 1\nint b = 2\n(a, b) = [b, a]\na * 10 + b'                                        || 21
        'class animal { int legs() { return 4 } }\nclass bird extends animal { int legs() { return 2 } }\nanimal a = new bird()\na.legs()' || 2
        'byte[] b = [1, 2, 255]\nb[2]'                                                              || 255
        'static int f(int a, int b = 2) { return a * b }\nf(3) + f(3, 3)'                            || 15
        'outer: for (i in 1..3) { for (j in 1..3) { if (j == 2) continue outer\n if (i == 3) break outer } }\n1' || 1
    }

    def "a later line knows what lists hold"() {
        given:
        def sites = new dev.tophalf.runtime.trace.Sites()
        def compiler = new ScriptCompiler(TestKernel.api(), sites, CompileOptions.DEFAULT.withWeave(WeaveOptions.DEFAULT.withHooks(TestHooks.NAME)))
        def first = compiler.compile(new ScriptSource('line1', '''\
            List<Integer> l = [1, 2]
            class node<T> { T value; List<T> more }
            node<Integer> n = [value: 3, more: [4]]
            static List<String> names() { return ["a", "bb"] }
            def twice = { int x -> x * 2 }
            '''.stripIndent()), Scope.EMPTY).load()
        first.run()

        expect:
        compiler.compile(new ScriptSource('line2', code), first).load().run() == value

        where:
        code                                          || value
        'l.collect { it * 2 }.sum()'                  || 6L
        'n.value + n.more[0]'                         || 7
        'names().collect { it.length() }.sum()'       || 3L
        'twice(4)'                                    || 8
        'node<String> s = [value: "x"]\ns.value.length()'  || 1
    }

    def "#code is refused: #message"() {
        expect:
        errors(code).join("; ").contains(message)

        where:
        code                                                    || message
        '[1].each { a, b -> a }'                                || 'the block takes 2 parameters, but Action<Integer> is void (*)(Integer)'
        '[1].collect { log("x") }'                              || 'the block returns nothing where a value is expected'
        '[1].each(3)'                                           || "'int' where 'Action<"
        '[1].find()'                                            || 'too few arguments'
        'def f = { x -> x }'                                    || "write the type of 'x'"
        '[1].forEach { it }'                                    || "'List' has no function 'forEach': write 'list.each { ... }', or a loop"
        '"abc".each { it }'                                     || "'String' has no function 'each': write 'list.each { ... }', or a loop"
        'Closure c = { 1 }'                                     || "unknown type name 'Closure'; write 'def', or an interface with one function"
        '[1].flatten()'                                         || 'write a loop'
        '"a".matches("b")'                                      || 'no regular expressions'
        'class b { int n }\n[new b()].sort { it }'              || "'b' where 'Comparable<void *>' is expected"
        '"abc"[0] = "x"'                                        || 'is no array'
        'def (a, b) = [1]'                                      || "2 variables take a list of 2 values: '[a, b]'"
        'static int f(String s, ...) { return 0 }'              || "name what '...' takes: 'Object... values'"
        'class a { class b { } }\nclass b { }'                  || "redefinition of 'b'"
        'class a<T extends Comparable> { T n }'                 || "a type parameter has no bounds: write '<T>'"
        'class a<T> { T n }\na<String> x = [n: 3]'              || "'int' where 'String' is expected"
        'static int f(int... n) { return 0 }\nf("ab")'          || "'String' where 'int' is expected"
        'def f = { int x -> x }\nf("ab")'                        || "'String' where 'int' is expected"
        'def f = { int x -> x }\nf(1, 2)'                       || 'too many arguments'
    }

    def "#code ends with #message"() {
        when:
        run(code)

        then:
        def e = thrown(RuntimeException)
        e.message.contains(message)

        where:
        code                                      || message
        '"a b".split("[ ]")'                      || 'plain text, not the pattern'
        '"a" * 1000000'                           || 'the longest has 65536'
        '"a".padLeft(1000000)'                    || 'the longest has 65536'
        '(0..100000).join(",")'                   || 'the longest has 65536'
        'class b { int n }\n[new b(), new b()].sort()' || 'have no order'
        '["a"].sum()'                             || 'takes numbers'
    }

    def "#code is ended"() {
        when:
        run(code)

        then:
        thrown(TestHooks.Kill)

        where:
        code << ['(0..2000000000).sum()', '(0..2000000000).toList()', '(0..2000000000).each { }',
                 'List<Integer> l = [1]\nwhile (true) l.addAll(l)', '2000000000.times { }',
                 'List<Integer> l = (0..8000).toList()\nwhile (true) l.join()',
                 '[1].each { while (true) { } }', '[2, 1].sort { a, b -> while (true) { }\n a <=> b }',
                 'try { (1..5).each { while (true) { } } } catch (Throwable t) { }\nwhile (true) { }']
    }
}
