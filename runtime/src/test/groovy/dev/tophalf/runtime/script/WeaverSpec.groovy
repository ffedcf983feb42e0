package dev.tophalf.runtime.script

import dev.tophalf.runtime.contract.FunctionPointer
import dev.tophalf.runtime.script.weave.WeaveOptions
import spock.lang.Specification

class WeaverSpec extends Specification {

    def "woven code does what the same code does unwoven: #function(#arguments) in #text"() {
        given:
        def woven = new WovenScript(text)

        expect:
        woven.complaints() == ''
        woven.call(function, *arguments) == WovenScript.callPlain(text, function, *arguments)

        where:
        function | arguments | text
        'f'      | [3, 4]    | 'static int f(int a, int b) { return add(a, b) }'
        'f'      | [3, 4]    | 'static int f(int a, int b) { return add(add(a, 1), add(b, add(a, b))) }'
        'f'      | []        | 'static long f() { return mix(1L << 40, 2, "x", true, (byte) 3, (char) 4, (short) 5) }'
        'f'      | [9]       | 'static int f(int n) { int s = 0; for (int i = 0; i < n; i++) { if (i == 5) continue; s = add(s, i) }; return s }'
        'f'      | [9]       | 'static int f(int n) { int s = 0; while (true) { if (n-- == 0) break; s += n }; return s }'
        'f'      | [4]       | 'static int f(int n) { do { n-- } while (n > 0); return n }'
        'f'      | [2]       | 'static String f(int n) { switch (n) { case 1: return "a"; case 2: return "b"; default: return "c" } }'
        'f'      | [0]       | 'static int f(int n) { try { return add(1, 2) } catch (Exception e) { return 2 } finally { n = 3 } }'
        'f'      | [0]       | 'static int f(int n) { try { throw new IllegalStateException("x") } catch (Throwable e) { return 2 } finally { n = add(n, 3) } }'
        'f'      | [0]       | 'static Object f(int n) { Object o = n == 0 ? "s" : new StringBuilder(); add(1, 2); return o.toString() }'
        'f'      | [6]       | 'static int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2) }'
        'f'      | []        | 'static long f() { return jiffies() + IRQ_HANDLED }'
        'f'      | [5]       | 'static int f(int n) { handler_t h = (int i, Object d) -> i * 2; return h.handle(n, null) }'
        'f'      | [5]       | 'static int f(int n) { return handle((int i, Object d) -> add(i, 1), n, null) }'
        'g'      | [5]       | 'static int f(int i, Object d) { return i + 3 }\nstatic int g(int n) { return handle(test_ko::f, n, null) }'
        'g'      | [5]       | 'static int f(int i) { return i + 3 }\nstatic long g(int n) { widening_t w = test_ko::f; return w.widen(n) }'
        'g'      | ['abc']   | 'static Integer f(String s) { return s.length() }\nstatic int g(String s) { show_t<String, Integer> w = test_ko::f; return w.show(s) }'
        'g'      | ['abc']   | 'static int f(String s) { return s.length() }\nstatic int g(String s) { show_t<String, Integer> w = test_ko::f; return w.show(s) }'
        'f'      | [4]       | 'class point { int x = 2; long y; int[] h = new int[3]; int sum() { h[1] = x; return (int) (x + y) + h[1] } }\nstatic int f(int n) { point p = new point(); p.setY(n); return p.sum() }'
        'f'      | [4]       | 'class base { int x() { return 1 } }\nclass derived extends base { int x() { return super.x() + 1 } }\nstatic int f(int n) { base b = n > 2 ? new derived() : new base(); return b.x() }'
        'f'      | [2]       | 'static int f(int n) { err: { if (n > 1) break err; return 1 }; return add(n, n) }'
    }

    def "the gate sees each call with its place and arguments"() {
        given:
        def woven = new WovenScript('''\
            static int twice(int a) {
                poke()
                return add(a,
                           a)
            }'''.stripIndent())

        when:
        woven.call('twice', 21)

        then:
        TestHooks.called().collect { woven.site(it) }*.toString() == ['test.groovy:2', 'test.groovy:3']
        TestHooks.called().collect { woven.site(it).contract().function() } == ['poke', 'add']
        TestHooks.called().collect { woven.site(it).function() } == ['twice', 'twice']
        TestHooks.arguments() == [[], [21, 21]]
    }

    def "every argument reaches the gate boxed as what it is"() {
        given:
        def woven = new WovenScript('static void f() { mix(1L << 40, 2, "x", true, (byte) 3, (char) 4, (short) 5) }')

        when:
        woven.call('f')

        then:
        TestHooks.arguments() == [[1L << 40, 2, 'x', true, (byte) 3, (char) 4, (short) 5]]
    }

    def "a function has one pointer per type, with its name and place"() {
        given:
        def woven = new WovenScript('''\
            static int my_irq(int irq, Object data) {
                return irq
            }
            static Object one() { handler_t h = test_ko::my_irq; return h }
            static Object two() { handler_t h = test_ko::my_irq; return h }
            static Object other() { show_t<Integer, Integer> s = test_ko::twice; return s }
            static int twice(int n) { return 2 * n }'''.stripIndent())

        when:
        def one = woven.call('one')

        then:
        one.is(woven.call('two'))
        one instanceof FunctionPointer
        one.functionName() == 'my_irq'
        one.toString() == 'my_irq'
        "${one.file()}:${one.line()}" == 'test.groovy:1'
        woven.call('other').functionName() == 'twice'
        woven.call('other').show(4) == 8
        woven.complaints() == ''
    }

    def "a lambda is one function, named after the one around it"() {
        given:
        def woven = new WovenScript(Lambdas.SOURCE, Lambdas.classes(), WeaveOptions.DEFAULT)

        when:
        def lambda = woven.call('plain')

        then:
        lambda.is(woven.call('plain'))
        lambda.functionName() == '<lambda in plain>'
        lambda.line() == 7
        lambda.handle(3, null) == 4
        TestHooks.called().collect { woven.site(it).function() } == ['plain']
        TestHooks.entered().collect { woven.site(it).function() } == ['plain', 'plain', 'plain']
        woven.complaints() == ''
    }

    def "a lambda that captures variables is a new pointer each time"() {
        given:
        def woven = new WovenScript(Lambdas.SOURCE, Lambdas.classes(), WeaveOptions.DEFAULT)

        when:
        def lambda = woven.call('capturing', 'abc', 4L)

        then:
        !lambda.is(woven.call('capturing', 'abc', 4L))
        lambda instanceof FunctionPointer
        lambda.functionName() == '<lambda in capturing>'
        lambda.toString() == '<lambda in capturing>'
        lambda.handle(5, null) == 12
        woven.complaints() == ''
    }

    def "a call through a pointer to a kernel function passes the gate"() {
        given:
        def woven = new WovenScript('''\
            static void f() {
                sink_t sink = dev.tophalf.runtime.script.TestKernel::log
                sink.take('hello')
            }'''.stripIndent())

        when:
        woven.call('f')

        then:
        TestHooks.called().collect { woven.site(it).toString() } == ['test.groovy:2']
        TestHooks.arguments() == [['hello']]
    }

    def "an endless script ends: #text"() {
        given:
        def woven = new WovenScript("static int f() { int n = 0; $text; return n }\nstatic int g() { return g() + 1 }")

        when:
        woven.call('f')

        then:
        thrown(Error)

        where:
        text << [
            'while (true) { n++ }',
            'for (;;) { }',
            'do { n++ } while (n != -1)',
            'while (true) { try { while (true) { } } catch (Throwable t) { n++ } }',
            'while (true) { try { while (true) { } } catch (Error e) { n++ } }',
            'while (true) { try { while (true) { } } finally { continue } }',
            'while (true) { try { while (true) { } } finally { break } }; while (true) { }',
            'try { while (true) { } } finally { return 1 }',
            'try { while (true) { } } finally { while (true) { } }',
            'try { try { while (true) { } } finally { while (true) { } } } catch (Throwable t) { return 7 }',
            'try { while (true) { } } catch (Exception e) { return 1 } catch (Throwable t) { return 2 }',
            'while (true) { try { throw new RuntimeException() } catch (RuntimeException e) { } }',
            'while (true) { try { g() } catch (StackOverflowError e) { } }',
            'again: while (true) { while (true) { continue again } }',
            'g()',
        ]
    }

    def "handlers of exceptions see exceptions as before"() {
        expect:
        new WovenScript('''
            static String f() {
                try { throw new IllegalStateException('x') } catch (Throwable t) { return t.getMessage() }
            }''').call('f') == 'x'
    }

    def "classes of a script are plain objects without a metaclass"() {
        given:
        def woven = new WovenScript('class point { int x }\nstatic Object f() { return new point() }')

        expect:
        !(woven.call('f') instanceof GroovyObject)
        woven.type('point').declaredFields*.name == ['x']
        woven.type('point').declaredMethods*.name.sort() == ['getX', 'setX']
        woven.type('test_ko').superclass == DriverScript
        !woven.type('test_ko').declaredMethods*.name.contains('main')
    }

    def "entries of functions, methods and constructors are noted"() {
        given:
        def woven = new WovenScript('''
            class point { int x() { return 1 } }
            static int f() { return new point().x() + handle(test_ko::g, 1, null) }
            static int g(int i, Object d) { return i }''')

        when:
        woven.call('f')

        then:
        TestHooks.entered().collect { woven.site(it).function() } == ['f', 'point', 'x', 'g']
    }
}
