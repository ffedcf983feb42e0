package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.weave.WeaveOptions
import spock.lang.Specification

class LibraryCallsSpec extends Specification {
    static final CHARGED = WeaveOptions.DEFAULT

    def "#code is charged with #ticks ticks"() {
        given:
        def woven = new WovenScript("static Object f(int n, String s, List l) { return $code }", CHARGED)
        def list = new ArrayList((0..<640).toList())

        when:
        woven.call('f', 640, 'x' * 640, list)

        then:
        TestHooks.charged() == ticks
        woven.complaints() == ''

        where:
        code                                           || ticks
        'new byte[n]'                                  || 10
        'new int[n]'                                   || 40
        'new long[n]'                                  || 80
        'new Object[n]'                                || 40
        'new boolean[0]'                               || 0
        'new int[n][n]'                                || 25760
        'new int[n][0]'                                || 160
        's.substring(64)'                              || 9
        's.trim()'                                     || 10
        's.length()'                                   || 0
        's.contains(s)'                                || 6400
        's.indexOf(s)'                                 || 6400
        's.indexOf(0)'                                 || 0
        'new StringBuilder().append(s).append(s)'      || 23
        'new StringBuilder().append(s).toString()'     || 22
        'new StringBuilder().append((Object) s)'       || 12
        'l.contains(n)'                                || 10
        'l.indexOf((Object) n)'                        || 10
        'l.remove((Object) n)'                         || 10
        'new StringBuilder().append(n)'                || 2
        'new Object()'                                 || 1
        'new IllegalStateException()'                  || 1
        'l.add(n)'                                     || 1
        'new LinkedHashMap().put(n, s)'                || 2
        'new ArrayDeque().push(n)'                     || 2
        'l.get(1)'                                     || 0
        'l.size()'                                     || 0
    }

    def "without charges the same code costs nothing and does the same"() {
        given:
        def woven = new WovenScript('static Object f(String s) { return new StringBuilder().append(s).append(new int[640].length).toString() }',
                WeaveOptions.DEFAULT.withCharges(false))

        expect:
        woven.call('f', 'x') == 'x640'
        TestHooks.charged() == 0
    }

    def "memory runs out of budget before it runs out: #code"() {
        given:
        def woven = new WovenScript("static Object f(int n) { String s = 'xxxxxxxx'; List l = new ArrayList(); $code }", CHARGED)

        when:
        woven.call('f', Integer.MAX_VALUE)

        then:
        def e = thrown(Throwable)
        e instanceof TestHooks.Kill || e instanceof IllegalArgumentException

        where:
        code << [
            'while (true) { s = new StringBuilder().append(s).append(s).toString() }',
            'StringBuilder b = new StringBuilder("xxxxxxxx"); while (true) { b.append((Object) b) }',
            'new long[n]',
            'new Object[n][n]',
            'new Object[n][0]',
            'while (true) { l.add(new long[65536]) }',
        ]
    }

    def "objects become text that every run repeats: #code"() {
        expect:
        new WovenScript("class point { }\nstatic int f(int n) { return n }\nstatic Object t() { show_t<Integer, Integer> h = test_ko::f; return new StringBuilder().append((Object) $code).toString() }")
                .call('t') == text

        where:
        code                       || text
        'null'                     || 'null'
        '1L'                       || '1'
        '"s"'                      || 's'
        'true'                     || 'true'
        'new point()'              || 'point'
        'new int[3]'               || 'int[]'
        'h'                        || 'f'
        'new ArrayList()'          || '[]'
        'new LinkedHashMap()'      || '[]'
    }

    def "a collection is no key: #code"() {
        given:
        def woven = new WovenScript("static void f(Map m, Set s, List l) { $code }")
        def list = ['x']

        when:
        woven.call('f', [:], [] as Set, list)

        then:
        thrown(IllegalArgumentException)

        where:
        code << ['m.get(l)', 'm.put(l, 1)', 'm.containsKey(l)', 'm.remove(l)', 's.add(l)', 's.contains(l)', 'l.contains(l)', 'l.indexOf(m)', 'm.getOrDefault(l, 1)']
    }

    def "what an exception says is what it was made with"() {
        expect:
        new WovenScript('''
            static String f() { try { throw new IllegalStateException('x (y)') } catch (Exception e) { return e.getMessage() } }''')
                .call('f') == 'x (y)'
    }

    def "numbers, strings and structs are keys"() {
        expect:
        new WovenScript('''
            class point { }
            static Object f() {
                Map<Object, Object> m = new LinkedHashMap<Object, Object>()
                Object p = new point()
                m.put(1, 'a')
                m.put('b', 'c')
                m.put(p, 'd')
                return new StringBuilder().append(m.get(1)).append(m.get('b')).append(m.get(p)).append(m.get(2)).toString()
            }''').call('f') == 'acdnull'
    }

    def "strings are compared by their characters, all else by identity"() {
        expect:
        new WovenScript('static boolean f(Object a, Object b) { return Objects.equals(a, b) }').call('f', a, b) == same

        where:
        a   | b               || same
        's' | new String('s') || true
        's' | 't'             || false
        's' | null            || false
        null | null           || true
        [1] | [1]             || false
    }
}
